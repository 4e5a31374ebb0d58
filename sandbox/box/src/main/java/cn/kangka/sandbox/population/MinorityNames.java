package cn.kangka.sandbox.population;

import java.util.List;

/**
 * Names of Uyghur, Tibetan and Mongolian households as the police transcribe them, for wide populations. The Hui are named as
 * the Han are.
 */
final class MinorityNames {
    private record Style(List<String> men, List<String> women, List<String> second, double dotted) {}

    private static final List<String> UYGHUR_MEN = words("""
            买买提 艾合买提 阿不都热合曼 吐尔逊 艾尼瓦尔 玉素甫 卡德尔 阿迪力 库尔班 亚森 帕尔哈提 木拉提 艾力 阿不力孜 依明 热西提 尼亚孜 肉孜 司马义 \
            达吾提 阿布都拉 阿不来提 艾山江 麦麦提 麦麦提江 麦麦提明 图尔荪 图尔荪江 阿卜杜拉 阿卜杜热伊木 伊敏江 伊力亚尔 凯赛尔 努尔麦麦提 萨迪尔 \
            塔依尔 托合提 乌斯曼 亚库甫 祖农 迪力夏提 海米提 赛买提 艾则孜 吾买尔 牙生 居来提 克热木 阿力木 阿里木江 地里夏提 艾克拜尔 哈力克 买合木提""");
    private static final List<String> UYGHUR_WOMEN = words("""
            阿依古丽 古丽娜尔 热依汗 帕提古丽 阿依努尔 米热古丽 祖丽皮亚 茹仙古丽 海丽且姆 迪丽娜尔 阿米娜 阿提姑丽 阿孜古丽 布威麦尔耶姆 迪丽努尔 \
            古丽巴哈尔 古丽米热 古扎丽努尔 海日古丽 卡米拉 麦尔耶姆 玛依拉 米娜瓦尔 母尼热 尼格尔 努尔比耶 帕丽丹 帕提曼 齐曼古丽 热孜万古丽 热比亚 \
            茹克亚 赛娜瓦尔 萨拉买提 图拉妮萨 吐逊古丽 阿瓦古丽 夏提古丽 谢木西努尔 伊帕尔 再娜甫 早热古丽 左日古丽 孜拉吾东 哈尼克孜 阿丽耶""");
    private static final List<String> TIBETAN_MEN = words("""
            扎西 次仁 多吉 丹增 洛桑 顿珠 平措 旺堆 索朗 格桑 尼玛 达瓦 米玛 拉巴 普布 巴桑 边巴 贡嘎 嘎玛 江白 晋美 坚赞 罗布 强巴 曲扎 \
            仁青 桑珠 土登 旺久 西绕 益西 云丹 班觉 次旦 次旺 阿旺 白玛 加央 赤列 群培 塔青 元旦""");
    private static final List<String> TIBETAN_WOMEN = words("""
            卓玛 拉姆 央金 白玛 德吉 仓决 曲珍 梅朵 次仁 达娃 尼玛 米玛 拉巴 普布 巴桑 边巴 格桑 旦增 色珍 玉珍 措姆 德庆 次央 确吉 卓嘎 \
            央宗 吉宗 拉珍 贵桑 仁增 斯曲 其美 洛追 琼达 普赤 益西 索朗 宗吉 曲尼""");
    private static final List<String> TIBETAN_SECOND = words("""
            顿珠 平措 旺久 央宗 曲扎 罗布 桑珠 次旦 卓嘎 多杰 卓玛 拉姆 央金 德吉 曲珍 扎西 次仁 多吉 旺堆 旺姆 坚赞 群培 伦珠 朗杰 顿旦 \
            加措 江村 南杰 旦达 玉珍 巴姆 措姆""");
    private static final List<String> MONGOL_MEN = words("""
            巴特尔 苏和 那顺 朝鲁 布和 宝音 额尔敦 哈斯 阿木尔 孟克 巴图 达来 格日勒 吉日嘎拉 青格勒 斯日古楞 特木尔 图门 乌力吉 毕力格 阿古拉 \
            敖其尔 巴雅尔 布仁 朝克图 查干 道尔吉 恩和 呼和 满都拉 莫日根 那木拉 牧仁 萨木嘎 苏德 赛音 铁木尔 乌恩 伊德尔 扎拉嘎""");
    private static final List<String> MONGOL_WOMEN = words("""
            乌云 其其格 萨仁 娜仁 托娅 高娃 斯琴 乌日娜 阿茹娜 通拉嘎 阿拉坦 敖登 宝勒尔 才茜 代钦 格根 海棠 呼日查 霍日查 金花 龙棠 莲花 \
            娜布其 娜日苏 奥云 诺敏 塔娜 哈斯 图雅 乌兰 乌尼尔 苏日娜 萨日朗 索布德 阿荣 艾丽娅 巴德玛 苏布达 牧兰 杭盖""");
    private static final List<String> MONGOL_SECOND = words("""
            毕力格 巴图 格日勒 图雅 其木格 吉日嘎拉 达来 朝克图 巴雅尔 其其格 高娃 塔娜 托娅 花 敖其尔 苏荣 仓 都楞 扎布 道尔吉 琪琪格 \
            那日 巴根 那 夫 胡 套格套 德力格尔 图力古尔 白乙拉""");

    private static final List<Style> STYLES = List.of(
            new Style(UYGHUR_MEN, UYGHUR_WOMEN, UYGHUR_MEN, 1),
            new Style(TIBETAN_MEN, TIBETAN_WOMEN, TIBETAN_SECOND, 0.1),
            new Style(MONGOL_MEN, MONGOL_WOMEN, MONGOL_SECOND, 0.1));

    private MinorityNames() {}

    private static List<String> words(String text) {
        return List.of(text.trim().split("\\s+"));
    }

    /** A name of the kind that the household has; parts are joined by U+00B7 where custom has it. */
    static String of(Dice dice, Sex sex, int household) {
        Style style = STYLES.get(household % STYLES.size());
        String own = dice.pick(sex == Sex.MALE ? style.men() : style.women());
        String second = dice.pick(style.second());
        boolean dotted = dice.chance(style.dotted());
        return own + (dotted ? "·" : "") + (own.equals(second) && !dotted ? "" : second);
    }
}
