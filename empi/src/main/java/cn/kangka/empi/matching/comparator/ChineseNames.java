package cn.kangka.empi.matching.comparator;

import cn.kangka.empi.identity.Names;
import cn.kangka.empi.matching.value.ChineseScript;
import java.util.Arrays;

/** Comparators of names written in Chinese characters; names in other scripts have no such form and never agree. */
final class ChineseNames {
    private ChineseNames() {}

    private abstract static class FormComparator implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return Names.isHan(parts[0]) ? form(parts[0]) : null;
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return one.equals(other) ? 1 : UNLIKE;
        }

        @Override
        public boolean comparesForms() {
            return true;
        }

        abstract String form(String name);
    }

    /** The same but for traditional, variant and look-alike forms of characters: 1. */
    static final class Variant extends FormComparator {
        @Override
        String form(String name) {
            return ChineseScript.folded(name);
        }
    }

    /** The same toneless pinyin, the surname read as surnames are (单 Shàn): 1. */
    static final class Homophone extends FormComparator {
        @Override
        String form(String name) {
            return ChineseScript.pinyin(ChineseScript.folded(name));
        }
    }

    /** The same characters in another order, as when family and given name change places: 1. */
    static final class OtherOrder extends FormComparator {
        @Override
        String form(String name) {
            char[] characters = ChineseScript.folded(name).toCharArray();
            Arrays.sort(characters);
            return new String(characters);
        }
    }

    /** One is called after its mother, as a newborn is (王芳之女), the other has a name of its own: 1. */
    static final class Newborn implements FieldComparator {
        @Override
        public Object prepare(String[] parts) {
            return Names.isNewborn(parts[0]);
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            return one.equals(other) ? UNLIKE : 1;
        }
    }

    /** A name of which one record has only the beginning, at least three characters or a whole part of it: 1. */
    static final class Shortened implements FieldComparator {
        private static final int SHORTEST = 3;

        @Override
        public Object prepare(String[] parts) {
            String plain = ChineseScript.folded(parts[0]).replace("·", "");
            return Names.isHan(parts[0]) && plain.length() >= SHORTEST ? plain : null;
        }

        @Override
        public double similarity(Object one, Object other, double atLeast) {
            String left = (String) one;
            String right = (String) other;
            return left.startsWith(right) || right.startsWith(left) ? 1 : UNLIKE;
        }
    }
}
