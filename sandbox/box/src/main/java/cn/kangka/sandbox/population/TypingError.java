package cn.kangka.sandbox.population;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** How a tired registration clerk gets a record wrong. */
public enum TypingError {
    /** A look-alike or sound-alike character, or another kind of middle dot. */
    NAME_CHARACTER {
        @Override
        Resident apply(Resident right, Dice dice) {
            String name = right.name();
            if (name.contains("·")) {
                return right.with(
                        name.replace("·", dice.pick(DOTS)), right.birthDate(), right.idNumber(), right.phone());
            }
            for (int i = name.length() - 1; i > 0; i--) {
                String other = MISTAKEN.get(name.substring(i, i + 1));
                if (other != null) {
                    return right.with(
                            name.substring(0, i) + other + name.substring(i + 1),
                            right.birthDate(),
                            right.idNumber(),
                            right.phone());
                }
            }
            return right;
        }
    },
    /** Two neighbouring digits of the phone swapped. */
    PHONE_SWAP {
        @Override
        Resident apply(Resident right, Dice dice) {
            String phone =
                    Digits.swapped(right.phone(), dice.between(3, right.phone().length() - 2));
            return right.with(right.name(), right.birthDate(), right.idNumber(), phone);
        }
    },
    /** Day and month of birth exchanged, where that is a date. */
    BIRTH_DAY_MONTH {
        @Override
        Resident apply(Resident right, Dice dice) {
            LocalDate date = right.birthDate();
            if (date.getDayOfMonth() > 12) {
                return right;
            }
            LocalDate wrong = LocalDate.of(date.getYear(), date.getDayOfMonth(), date.getMonthValue());
            return right.with(right.name(), wrong, right.idNumber(), right.phone());
        }
    },
    /** One digit of a resident id mistyped, so that its check character no longer fits. */
    ID_DIGIT {
        @Override
        Resident apply(Resident right, Dice dice) {
            if (right.idType() != IdType.RESIDENT_ID) {
                return right;
            }
            int at = dice.between(14, 16);
            String id = right.idNumber();
            int wrong = (id.charAt(at) - '0' + 1 + dice.below(8)) % 10;
            return right.with(
                    right.name(), right.birthDate(), id.substring(0, at) + wrong + id.substring(at + 1), right.phone());
        }
    };

    private static final List<String> DOTS = List.of("•", ".", "・", "");
    private static final Map<String, String> MISTAKEN = Map.ofEntries(
            Map.entry("伟", "玮"),
            Map.entry("芳", "方"),
            Map.entry("明", "铭"),
            Map.entry("静", "婧"),
            Map.entry("丽", "莉"),
            Map.entry("强", "墙"),
            Map.entry("军", "君"),
            Map.entry("平", "萍"),
            Map.entry("杰", "洁"),
            Map.entry("涛", "焘"),
            Map.entry("英", "瑛"),
            Map.entry("华", "桦"),
            Map.entry("玲", "铃"),
            Map.entry("红", "虹"),
            Map.entry("国", "囯"),
            Map.entry("文", "雯"),
            Map.entry("建", "健"),
            Map.entry("志", "智"),
            Map.entry("晓", "小"),
            Map.entry("雨", "宇"),
            Map.entry("轩", "萱"),
            Map.entry("涵", "函"),
            Map.entry("怡", "仪"),
            Map.entry("欣", "心"),
            Map.entry("娟", "捐"),
            Map.entry("峰", "锋"),
            Map.entry("辉", "晖"),
            Map.entry("浩", "皓"),
            Map.entry("宇", "雨"),
            Map.entry("燕", "艳"),
            Map.entry("艳", "燕"),
            Map.entry("霞", "遐"),
            Map.entry("林", "琳"),
            Map.entry("海", "诲"),
            Map.entry("秀", "绣"),
            Map.entry("兰", "蓝"),
            Map.entry("珍", "诊"),
            Map.entry("梅", "玫"),
            Map.entry("云", "芸"),
            Map.entry("敏", "闽"),
            Map.entry("勇", "永"),
            Map.entry("永", "勇"),
            Map.entry("佳", "嘉"),
            Map.entry("嘉", "佳"),
            Map.entry("子", "梓"),
            Map.entry("梓", "子"),
            Map.entry("德", "得"),
            Map.entry("生", "升"),
            Map.entry("清", "青"),
            Map.entry("龙", "隆"));

    /** The record with the error in it; the right record where the error is impossible. */
    abstract Resident apply(Resident right, Dice dice);
}
