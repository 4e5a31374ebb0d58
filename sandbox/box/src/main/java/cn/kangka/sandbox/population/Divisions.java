package cn.kangka.sandbox.population;

import java.util.List;

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

    /** A made-up address in the city. */
    public static String address(Dice dice) {
        return PROVINCE + CITY + dice.pick(DISTRICTS).name() + dice.pick(ROADS) + dice.between(1, 380) + "号"
                + dice.pick(ESTATES) + dice.between(1, 38) + "幢" + dice.between(1, 4) + "单元" + dice.between(1, 28)
                + "0" + dice.between(1, 4) + "室";
    }
}
