package cn.kangka.sandbox.population;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Divisions after GB/T 2260: the codes are real, so that every check of an id passes; the city of Yunjiang (云江市) and its
 * districts are invented.
 */
public final class Divisions {
    public static final String PROVINCE = "浙江省";
    public static final String CITY = "云江市";

    private static final List<District> DISTRICTS = List.of(
            new District(330102, "城东区"),
            new District(330105, "拱桥区"),
            new District(330106, "湖西区"),
            new District(330108, "江滨区"),
            new District(330109, "云山区"),
            new District(330110, "良河区"),
            new District(330111, "富阳湾区"),
            new District(330112, "临溪区"),
            new District(330122, "桐岭县"),
            new District(330127, "千岛县"));

    /** Where people came from: 20 groups of divisions that no two share; half of the city is local. */
    private static final int[][] GROUPS = {
        {330102, 340103}, {330105, 340111}, {330106, 341221}, {330108, 341523}, {330109, 361121},
        {330110, 362330}, {330111, 411422}, {330112, 411724}, {330122, 412728}, {330127, 413026},
        {330103, 420106}, {330104, 421083}, {330107, 430102}, {330182, 430422}, {330681, 500101},
        {330683, 500234}, {330782, 510502}, {330802, 511321}, {331002, 520201}, {331082, 610102}
    };

    /** Further divisions, for populations that use up the ids of the groups: 120 of them, six more rounds of 20. */
    private static final String MORE = """
            110101 110102 110105 110106 110107 110108 110109 110111 110112 110113 110114 110115 120101 120102 120103 120104
            120105 120106 120110 120111 120112 120113 310101 310104 310105 310106 310107 310109 310110 310112 310113 310114
            310115 310116 310117 310118 310120 320102 320104 320105 320106 320111 320113 320114 320115 320116 320505 320506
            320507 320508 320509 320581 320582 320583 320585 320205 320206 320211 320213 320214 440103 440104 440105 440106
            440111 440112 440113 440114 440303 440304 440305 440306 440307 440308 510104 510105 510106 510107 510108 510112
            420102 420103 420104 420105 420107 420111 420112 420113 370102 370103 370104 370105 370112 370202 370203 370211
            210102 210103 210104 210105 210106 230102 230103 230104 610103 610104 610111 610112 410102 410103 410104 410105
            430103 430104 430105 430111 350102 350103 350104 350203""";

    private static final List<Integer> MORE_CODES =
            Stream.of(MORE.split("\\s+")).map(Integer::valueOf).toList();
    private static final Map<String, Integer> CODES =
            DISTRICTS.stream().collect(Collectors.toMap(District::name, District::code));

    private static final List<String> ROADS = List.of(
            "文三路", "解放路", "建设路", "人民路", "滨江大道", "学院路", "中山北路", "体育场路", "望江路", "延安路", "凤起路", "天目山路", "云山大道", "新华路",
            "和平街", "胜利河街");
    private static final List<String> ESTATES = List.of(
            "翠苑小区", "金色家园", "阳光花园", "东方名苑", "湖滨人家", "和睦新村", "紫荆公寓", "丹桂苑", "江南春城", "云锦府", "桃源里", "朝晖六区", "锦绣华庭",
            "绿洲花园");

    private Divisions() {}

    /** A district of the city with its code of GB/T 2260. */
    public record District(int code, String name) {}

    public static List<District> districts() {
        return DISTRICTS;
    }

    static int registered(int group, Dice dice) {
        return GROUPS[group][dice.chance(0.55) ? 0 : 1];
    }

    /**
     * The division of a group's person when {@code round} times as many ids as the groups have are given.
     *
     * @throws IllegalArgumentException beyond the sixth further round
     */
    static int registered(int round, int group, Dice dice) {
        if (round == 0) {
            return registered(group, dice);
        }
        int place = (round - 1) * GROUPS.length + group;
        if (place >= MORE_CODES.size()) {
            throw new IllegalArgumentException("No more divisions for that many people");
        }
        return MORE_CODES.get(place);
    }

    /** The code of the district in an address of {@link #address}. */
    static String codeOf(String address) {
        int start = PROVINCE.length() + CITY.length();
        int end = address.indexOf(address.contains("县") ? '县' : '区', start);
        return String.valueOf(CODES.get(address.substring(start, end + 1)));
    }

    /** A made-up address in the city. */
    public static String address(Dice dice) {
        return PROVINCE + CITY + dice.pick(DISTRICTS).name() + dice.pick(ROADS) + dice.between(1, 380) + "号"
                + dice.pick(ESTATES) + dice.between(1, 38) + "幢" + dice.between(1, 4) + "单元" + dice.between(1, 28)
                + "0" + dice.between(1, 4) + "室";
    }
}
