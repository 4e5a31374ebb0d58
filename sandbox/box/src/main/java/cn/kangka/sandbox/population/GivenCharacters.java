package cn.kangka.sandbox.population;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The characters that given names are made of beyond a decade's fashion, commonest first: men's, women's, anybody's, and
 * those that many keyboards and old systems lack. The order is rough. How steeply the shares fall is set so that common full
 * names are as common as the Ministry of Public Security counted (see docs/linkage/population.md).
 */
final class GivenCharacters {
    private static final List<String> MEN = characters("""
            强伟勇涛军超刚波杰平辉波斌鹏飞建国志海林峰龙成东明德生福祥荣新松宏亮元庆武胜利民忠清良云华光兵山根发贵贤才富\
            树友江健顺世雄洪学旭凯俊浩磊鑫宇晨帅博泽豪康昌宝岩毅坚升炳铭钢义仁彬彪坤栋楠威耀乾振永立家正大长全少广维守\
            绍继克占占继士占孝兴启传运培仕怀道喜万金来双锋晖昊瑞航轩睿辰皓煜嘉铁钧锐勤诚信和进先卫保彦章景春丰起恒定安\
            满高远鸿伯仲叔季均尧舜禹汤盛炎焱炜烨煌灿焕烽熠哲智思源泉河湖滨润泓淳渊浪涌泳洋泰盾恺恩惟悦慎愚憨戈战扬振捷\
            拥政敏敬斐方旺昆昂映昭显晏普景晗暄曙曦朋朝本朴权村杨柏柱栋桂桐梁森楷榕槐标模橙欢欣歌殿毓水汉沛治法浦添渝港湘\
            澎澍瀚灏牛牧犇特狄猛玉玮珂珺球理琛琦琨瑜璋璞甲申男畅略登白百皇益盈相真矿石砚硕碧磐祖祥禄禹秉科秋程稳穆竞童\
            笃筑策纲纯统经绪维罡群羽翔翰老耕联聪肖肇胤能自至舟舰航良苍茂茗荣菁萌董蒙蓝虎蛟行衡衍表裕西言训诗诺谋谦谨谷豹\
            象财贝贡赐赞超越跃践车轶辅达迅迎远连迪逊通逸遇道遥邦郁部鄂酉醒里重野量金钊钦钰铎铮银铠锡锦键镇镔镜长闯闻阁阔\
            防阳陆陶隆雨雷震霄霆霖青非韬韧音韶顶颂预颖风驰驹骁骏骐高魁魏鲁鲲鸣鹤鹰麒麟黎鼎齐龚""");

    private static final List<String> WOMEN = characters("""
            芳娜英秀静敏丽红玲梅兰霞娟艳萍燕桂珍玉淑凤琴琼娜莉婷雪颖倩莹丹洁慧佳琳美香月花云春莲翠娥芬芝华蓉彩银爱荣仙\
            菊贞素惠巧妹姣娇娣婵婉媛嫣妍妮姗姝姿娅婧婕媚嫦薇蕾蓓蔓蕊蕙茜茹茵荷莎菲菁萌萱葵蓝蔚芸芹苗苹若茉荔莺菱\
            珊珠琪琦瑶瑾璐璇瑜瑛瑗瑞琬琰琼玥玫玟珂珏珺玮珮佩环珑玲冰冬秋夏晴晓晨曼曦朵杏柔柳桃梨梓棠楠榕樱橘欢欣欧歆\
            水汝沁沫洛涵清淇淑淼渝湘溪滢漫潇澜灵烟焕爽笑筠竹筱紫红绢绮绣缨罗羽翎聪舒艺节芙苏苑莘虹蝶裕谊诗语雁雅\
            雯霁霜露霏韵音顺颜飘馥馨香黛齐怡悦恬情惜愉意慈念思忆恋芊芃芷若依伊伶俐俏倚仪以可叶听咏嘉喜善好如妙姐姬娴\
            宁安宛容宜家寒小少尔岚巾帆平幼庆弘彤影微心必恩惟懿璧甜田画白皎盼真睿知碧祎禾秋秀程穗立童筝粉精纤纯纳织\
            细维缘缦群翡翩耘聆胜荟莞莲莼菀萃葆蓁蕴藜蘅袁裳西觅言诺谧谨贝贤贵赛越足路迎迪逸遥采金钗钰铃银锦镜阳隽非靓靖""");

    private static final List<String> ANYBODY = characters("""
            文晓小明子华玉春志永新海平国建林金云清成宏学红世庆安光德天生雨雪一中才俊嘉佳思梦家博泽怡欣宇心可若书景\
            星月阳晨曦朝辰浩然瑞祥瑜琪睿智慧敏聪颖悦乐喜欢笑言语诗词琴画墨竹兰梅菊松柏枫桐楠梓木森林禾苗芽田野山川河湖\
            江洋波澜溪泉雷电风霜露云霞虹冰冬夏秋时年岁日新旭昕昱晋晏晟晤晴晶智暖暄曙朗望未来希远志向前进步升起飞翔翼羽\
            鸿雁鹤凤凰龙虎鹿马千里万亿百十九八七六五四三二双元初始本真善美正义仁礼信忠孝廉和谐平顺康健宁静安定固恒久长\
            永存在有无为以之于其所如意愿念想忆怀情爱恩惠慈恕宽容谦让敬尊贵荣耀辉煌灿烂光彩炫丽锦绣绮罗纱绫绢丝麻棉布衣裳\
            冠玺印章玺珍珠宝玉石金银铜铁钢锋利剑刚柔强弱大少多余丰满盈圆方直曲高低上下左右东南西北内外古今先后春继续承\
            传统绪业基础培育教导训诲勤奋努力拼搏竞争胜利凯旋归还返回复兴盛昌隆旺发达通畅顺遂成就功勋绩效果实践行动作用""");

    private static final List<String> RARE = characters("""
            喆堃淼昇犇燚垚翀玥頔婠龑赟旻晟晞旸昀晔昳暐曌朤杺枟栩桉梽棽榤槿樾沄泂泠洺洢浵涴淏淯渟湉湜溍滢滺漪潆潞澔澴\
            灏炘炫炻烜烔煊煦熳燊燏爔牂牷犖玎玘玙玚玠玢玦珅珈珉珣珧珩珪珽琇琎琤琯琮琲瑀瑄瑆瑢瑭璁璟璠璨瓅甯畇畑皛皞砡硙祃祐\
            祎祯禛禤秭稷穜竑竣笪筼箬篁粲綦縯翙翚翥聿胗脩臻舢芃芾苒苡茀茕荇荥莜莳菡菥葳蒨蓥蔺薷藁虓蜜蠡袆裎褀觐訚詝誉諴谡谞\
            豳贇赪趯踽轸轺迤逄邈邡郗郯鄯酦醴钐钚钤铄铖锜锳锴镕镠镡镧阊阗陔隰雒霂霈霙靘靳韡韫頠颀颋飏飖餮馡馧驎骎骕骦骧鬯魋\
            鲃鳐鳜鹄鹓鹔鹛鹭麃黟齊龢亹亶仝仞伋伃佶佺侃侗俅俶倓倢偲偓僖儆儇兖冏冽凇劭勍劼匜卉卣卬厷叒哿唯嗣嚞囡圣垌埕埜堉塬墉""");

    private static final double FLATNESS = 22;
    private static final double OF_ONES_SEX = 0.62;
    private static final double IS_RARE = 0.006;

    private GivenCharacters() {}

    private static List<String> characters(String table) {
        Set<String> distinct = new LinkedHashSet<>();
        table.codePoints()
                .filter(Character::isIdeographic)
                .forEach(character -> distinct.add(Character.toString(character)));
        return List.copyOf(distinct);
    }

    /** A character for a given name of that sex; six in a thousand are rare ones. */
    static String any(Dice dice, Sex sex) {
        if (dice.chance(IS_RARE)) {
            return dice.pick(RARE);
        }
        List<String> own = sex == Sex.MALE ? MEN : WOMEN;
        return early(dice, dice.chance(OF_ONES_SEX) ? own : ANYBODY);
    }

    /** The share of a rank falls with 1/(rank + flatness); {@link StrictMath} gives the same on every machine. */
    private static String early(Dice dice, List<String> ranked) {
        double rank = FLATNESS * StrictMath.pow((ranked.size() + FLATNESS) / FLATNESS, dice.fraction()) - FLATNESS;
        return ranked.get(Math.min((int) rank, ranked.size() - 1));
    }

    /** Whether old systems and hurried clerks can't write it. */
    static boolean isRare(String character) {
        return RARE.contains(character);
    }

    /** All that are not rare, commonest first. */
    static Set<String> usual() {
        Set<String> usual = new LinkedHashSet<>();
        for (int rank = 0; rank < Math.max(MEN.size(), WOMEN.size()); rank++) {
            for (List<String> ranked : List.of(ANYBODY, MEN, WOMEN)) {
                usual.addAll(rank < ranked.size() ? List.of(ranked.get(rank)) : List.of());
            }
        }
        RARE.forEach(usual::remove);
        return usual;
    }
}
