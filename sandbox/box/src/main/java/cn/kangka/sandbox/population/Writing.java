package cn.kangka.sandbox.population;

import com.ibm.icu.text.Transliterator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How Chinese names are read and written, for those who mishear, misread and mistype them. */
final class Writing {
    private static final String READ_AS_SURNAMES = "Han-Latin/Names";
    private static final String READ = "Han-Latin";
    private static final String LOOK_ALIKE = """
            己已巳 未末 戊戍戌 日曰 晴睛清 治冶 冼洗 候侯 祎袆 钧钓 赢嬴 王玉 千干于 天夫 大太 土士 师帅 杨扬 陈阵 徐涂 宋宗 萍苹 洋详 桂佳 \
            琳淋 婷停 明朋 鹏鹂 伟炜纬 英央 芳芬 斌彬 倩债 凯铠 磊蕾 涛铸 辉晖 莉荔 晓哓 雨两 轩斩 梓辛 丹舟 晨震 昊吴 昌晶 旭昶 颖颍 赵赶 刘浏 \
            李季 张弦 孙孔 朱未 何河 高嵩 林彬 梁粱 谢射 唐塘 许讦 邓郑 冯马 曹曾 彭膨 萧肖 蔡蔚 潘番 袁哀 董懂 余佘 叶吐 蒋将 杜社 苏办 魏巍 程呈 \
            吕吴 丁了 沈沉 姚桃 卢户 傅傳 钟钏 姜羌 崔摧 谭潭 廖蓼 范苑 汪江 陆陇 金全 石右 戴载 贾贲 韦苇 夏复 邱丘 方万 邹郐 熊态 孟盂 秦泰 白自 阎闫 \
            薛薜 尹伊 段叚 雷蕾 黎藜 史吏 龙尤 陶淘 贺驾 顾颐 毛手 郝赫 龚龛 邵郡 严亚 覃潭 洪供 武式 莫英 孔扎 汤杨 向问 常尝 温湿 康庚 施旋 文丈 牛午 \
            樊攀 葛蔼 邢刑 安女 齐齊 易昜 乔侨 伍仵 庞宠 颜彦 倪睨 庄压 聂耳 章意 鲁鱼 岳兵 翟瞿 殷段 詹瞻 申甲 欧殴 耿耽 关天 焦集 俞愈 左佐 柳卯 \
            甘廿 祝视 包句 宁字 尚向 符苻 舒舍 阮院 柯何 纪记 梅海 童重 凌凉 毕华 单草 裴斐 霍雀 涂除 成戌 苗茁 谷各 盛咸 曲由 翁瓮 冉再 骆络 \
            静婧靖 敏毓 丽俪 强犟 军运 杰木 勇男 艳绝 娟涓 霞暇 玲铃 燕莺 云去 兰芒 珍诊 红江 秀季 建健 国囯 志忐 平乎 刚钢 华毕 新欣 海悔 涵函 \
            宇字 浩诰 欣炊 怡恰 悦锐 佳挂 瑶谣 琪棋 璇旋 睿叡 博搏 泽译 豪毫 峰锋蜂 鑫蠡 超迢 波泼 飞乙 林木 春舂 梦焚 思恩 雅稚 诗持 慧彗 可何 若苦 \
            依衣 语悟 沐沭 辰唇 奕弈 墨黑 宸震 珩衍 妍研 萱宣 曦羲 馨罄 昕听 玥钥 旻昊 昱煜 彤彬 钰珏 祥详 福富 禄碌 寿涛 康唐 顺须 兴举 旺汪 茂荿 盛成""";

    private static final Map<String, List<String>> LOOK_ALIKES = lookAlikes();
    private static final Map<String, String> SYLLABLES = new HashMap<>();
    private static final Map<String, List<String>> HOMOPHONES = bySyllable(GivenCharacters.usual(), READ);
    private static final Map<String, List<String>> SURNAMES =
            bySyllable(Names.common().surnames(), READ_AS_SURNAMES);

    private Writing() {}

    private static Map<String, List<String>> lookAlikes() {
        Map<String, List<String>> table = new HashMap<>();
        for (String group : LOOK_ALIKE.trim().split("\\s+")) {
            for (String character : group.split("")) {
                List<String> others = table.computeIfAbsent(character, any -> new ArrayList<>());
                List.of(group.split("")).stream()
                        .filter(other -> !other.equals(character) && !others.contains(other))
                        .forEach(others::add);
            }
        }
        return table;
    }

    private static Map<String, List<String>> bySyllable(Set<String> words, String reading) {
        Transliterator reader = Transliterator.getInstance(reading);
        Map<String, List<String>> table = new HashMap<>();
        for (String word : words) {
            String syllable = toneless(reader.transliterate(word));
            SYLLABLES.put(reading + word, syllable);
            table.computeIfAbsent(syllable, any -> new ArrayList<>()).add(word);
        }
        return table;
    }

    private static String toneless(String reading) {
        return Normalizer.normalize(reading, Normalizer.Form.NFD)
                .replaceAll("[\\p{M} ]", "")
                .toLowerCase(Locale.ROOT);
    }

    /** Toneless pinyin of a given name's character, or of several. */
    static String pinyin(String characters) {
        return toneless(Transliterator.getInstance(READ).transliterate(characters));
    }

    /** Other characters of given names that sound the same but for the tone, commonest first. */
    static List<String> homophones(String character) {
        return without(character, HOMOPHONES.get(SYLLABLES.get(READ + character)));
    }

    /** Other surnames that sound the same but for the tone: 张 and 章, 单 and 善 but not 丹. Commonest first. */
    static List<String> surnameHomophones(String surname) {
        return without(surname, SURNAMES.get(SYLLABLES.get(READ_AS_SURNAMES + surname)));
    }

    private static List<String> without(String word, List<String> words) {
        return words == null
                ? List.of()
                : words.stream().filter(other -> !other.equals(word)).toList();
    }

    /** Characters that the eye takes for this one. */
    static List<String> lookAlikes(String character) {
        return LOOK_ALIKES.getOrDefault(character, List.of());
    }

    /** The traditional form, as in Hong Kong, Macao and Taiwan and on old certificates. */
    static String traditional(String text) {
        return Transliterator.getInstance("Simplified-Traditional").transliterate(text);
    }
}
