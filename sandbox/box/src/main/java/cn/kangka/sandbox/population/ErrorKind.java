package cn.kangka.sandbox.population;

import java.util.Optional;

/**
 * What goes wrong, or simply changes, between two records of one human. Several can happen to a record, but at most one
 * per field.
 */
public enum ErrorKind {
    /** A character of the given name replaced by one that sounds the same but for the tone: 张伟 as 张炜. */
    HOMOPHONE_GIVEN(Field.NAME, 0.03, "名中同音字 a character of the given name that sounds the same"),
    /** The surname replaced by one that sounds the same but for the tone: 张 as 章. */
    HOMOPHONE_SURNAME(Field.NAME, 0.006, "姓的同音字 a surname that sounds the same"),
    /** A character replaced by one that looks alike: 晴 as 睛. */
    LOOK_ALIKE(Field.NAME, 0.01, "形近字 a character that looks alike"),
    /** The name in traditional characters: 张伟 as 張偉. */
    TRADITIONAL(Field.NAME, 0.01, "繁体字 traditional characters"),
    /** A rare character as its pinyin or as a question mark, where the system lacked it: 陶喆 as 陶ZHE or 陶？. */
    RARE_CHARACTER(Field.NAME, 0.5, "生僻字写成拼音或问号 a rare character as pinyin or question mark"),
    /** Given name before surname, or the parts of a dotted name exchanged. */
    SWAPPED_NAME(Field.NAME, 0.004, "姓名颠倒 given name before surname"),
    /** A minority name cut: its first part only, or as many characters as the old screen had room for. */
    TRUNCATED_NAME(Field.NAME, 0.25, "少数民族姓名被截断 a minority name cut"),
    /** The middle dot of a minority name as another dot, a blank or nothing. */
    MIDDLE_DOT(Field.NAME, 0.4, "间隔号不同 another middle dot, a blank or none"),
    /** A newborn that was 王芳之子 comes again with a name and a resident id of its own. */
    NEWBORN_NAMED(Field.NAME, 0.85, "新生儿后来取名 a newborn that got its name and id"),
    /** The document's number in full-width characters. */
    FULL_WIDTH(Field.DOCUMENT, 0.01, "证件号全角 full-width characters in the document number"),
    /** The check character X of a resident id as x. */
    LOWER_CASE_X(Field.DOCUMENT, 0.3, "小写x the check character as x"),
    /** The 15 digits that resident ids had until 1999: no century, no check character. */
    OLD_ID(Field.DOCUMENT, 0.02, "15位身份证号 the 15-digit id"),
    /** One digit of a resident id mistyped; its check character no longer fits. */
    ID_DIGIT(Field.DOCUMENT, 0.02, "身份证号错一位 one digit of the id wrong"),
    /** Two neighbouring digits of a resident id exchanged. */
    ID_TRANSPOSED(Field.DOCUMENT, 0.01, "身份证号相邻位颠倒 two digits of the id exchanged"),
    /** The document of somebody else in the household. */
    RELATIVE_ID(Field.DOCUMENT, 0.01, "用亲属证件 a relative's document"),
    /** No document. */
    ID_MISSING(Field.DOCUMENT, 0.25, "无证件 no document"),
    /** Another document of the same person: a passport, or a small child's birth certificate. */
    OTHER_DOCUMENT(Field.DOCUMENT, 0.03, "换用其他证件 another document"),
    /** Day and month exchanged, where that is another date. */
    BIRTH_DAY_MONTH(Field.BIRTH, 0.01, "出生月日颠倒 day and month of birth exchanged"),
    /** One digit of the date mistyped (a year next to the right one is {@link #BIRTH_YEAR}). */
    BIRTH_DIGIT(Field.BIRTH, 0.01, "出生日期错一位 one digit of the birth date wrong"),
    /** The year before or after. */
    BIRTH_YEAR(Field.BIRTH, 0.01, "出生年差一年 the year before or after"),
    /** The date by the lunar calendar, written as if it were ours. */
    LUNAR_BIRTHDAY(Field.BIRTH, 0.015, "农历生日 the lunar birthday"),
    /** 1900-01-01, or the first day of the right year. */
    BIRTH_JUNK(Field.BIRTH, 0.015, "出生日期占位值 1900-01-01 or the first of January"),
    /** The other sex. */
    SEX_WRONG(Field.SEX, 0.008, "性别错误 the other sex"),
    /** Sex U. */
    SEX_MISSING(Field.SEX, 0.01, "性别未知 no sex"),
    /** A new phone of one's own. */
    PHONE_CHANGED(Field.PHONE, 0.2, "换了手机号 a new phone"),
    /** One digit of the phone mistyped, or two neighbours exchanged. */
    PHONE_TYPO(Field.PHONE, 0.015, "手机号录错 a typo in the phone"),
    /** 13800000000 and its like, typed to get on. */
    PHONE_JUNK(Field.PHONE, 0.02, "手机号占位值 13800000000 and its like"),
    /** The phone of somebody else in the household. */
    RELATIVE_PHONE(Field.PHONE, 0.08, "用亲属手机号 a relative's phone"),
    /** No phone. */
    PHONE_MISSING(Field.PHONE, 0.05, "无手机号 no phone"),
    /** Another address. */
    MOVED(Field.ADDRESS, 0.15, "搬家 another address"),
    /** The same address without province and city, without the estate, or with dashes for 幢, 单元 and 室. */
    ADDRESS_ABBREVIATED(Field.ADDRESS, 0.3, "地址简写 the address abbreviated"),
    /** Neither address nor division. */
    ADDRESS_MISSING(Field.ADDRESS, 0.1, "无地址 no address"),
    /** No insurance number: the visit was paid for in cash. */
    INSURANCE_MISSING(Field.INSURANCE, 0.6, "无医保号 no insurance number");

    /** What of a record a kind touches. */
    public enum Field {
        NAME,
        DOCUMENT,
        BIRTH,
        SEX,
        PHONE,
        ADDRESS,
        INSURANCE
    }

    private final Field field;
    private final double usualRate;
    private final String text;

    ErrorKind(Field field, double usualRate, String text) {
        this.text = text;
        this.field = field;
        this.usualRate = usualRate;
    }

    public Field field() {
        return field;
    }

    /** What it is, in Chinese and English. */
    public String text() {
        return text;
    }

    /** Share, 0 to 1, of the further records in which it is possible and, by default, happens. */
    public double usualRate() {
        return usualRate;
    }

    /** The record with the error in it; nothing where it is impossible or would change nothing. */
    Optional<PatientRecord> spoil(PatientRecord right, Circumstances around, Dice dice) {
        return switch (this) {
            case HOMOPHONE_GIVEN -> NameErrors.homophoneGiven(right, dice);
            case HOMOPHONE_SURNAME -> NameErrors.homophoneSurname(right, dice);
            case LOOK_ALIKE -> NameErrors.lookAlike(right, dice);
            case TRADITIONAL -> NameErrors.traditional(right);
            case RARE_CHARACTER -> NameErrors.rareCharacter(right, dice);
            case SWAPPED_NAME -> NameErrors.swapped(right);
            case TRUNCATED_NAME -> NameErrors.truncated(right, dice);
            case MIDDLE_DOT -> NameErrors.middleDot(right, dice);
            case NEWBORN_NAMED -> NameErrors.newbornNamed(right, around, dice);
            case FULL_WIDTH -> DocumentErrors.fullWidth(right);
            case LOWER_CASE_X -> DocumentErrors.lowerCaseX(right);
            case OLD_ID -> DocumentErrors.fifteenDigits(right);
            case ID_DIGIT -> DocumentErrors.digit(right, dice);
            case ID_TRANSPOSED -> DocumentErrors.transposed(right, dice);
            case RELATIVE_ID -> DocumentErrors.relatives(right, around, dice);
            case ID_MISSING -> DocumentErrors.missing(right);
            case OTHER_DOCUMENT -> DocumentErrors.other(right, around);
            case BIRTH_DAY_MONTH -> BirthErrors.dayMonth(right);
            case BIRTH_DIGIT -> BirthErrors.digit(right, around, dice);
            case BIRTH_YEAR -> BirthErrors.year(right, around, dice);
            case LUNAR_BIRTHDAY -> BirthErrors.lunar(right);
            case BIRTH_JUNK -> BirthErrors.junk(right, dice);
            case SEX_WRONG -> ContactErrors.otherSex(right);
            case SEX_MISSING -> ContactErrors.noSex(right);
            case PHONE_CHANGED -> ContactErrors.newPhone(right, around);
            case PHONE_TYPO -> ContactErrors.phoneTypo(right, dice);
            case PHONE_JUNK -> ContactErrors.junkPhone(right, dice);
            case RELATIVE_PHONE -> ContactErrors.relativesPhone(right, around, dice);
            case PHONE_MISSING -> ContactErrors.noPhone(right);
            case MOVED -> ContactErrors.moved(right, dice);
            case ADDRESS_ABBREVIATED -> ContactErrors.abbreviated(right, dice);
            case ADDRESS_MISSING -> ContactErrors.noAddress(right);
            case INSURANCE_MISSING -> ContactErrors.noInsurance(right);
        };
    }
}
