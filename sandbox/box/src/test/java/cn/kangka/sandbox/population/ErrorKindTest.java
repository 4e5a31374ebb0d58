package cn.kangka.sandbox.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorKindTest {
    private static final int NAME = 2;
    private static final int SEX = 3;
    private static final int BIRTH = 4;
    private static final int ID_TYPE = 5;
    private static final int ID = 6;
    private static final int PHONE = 7;
    private static final int ADDRESS = 8;
    private static final int DIVISION = 9;
    private static final int INSURANCE = 11;

    @ParameterizedTest
    @EnumSource
    void only_one_kind_gives_that_kind_alone_and_it_changes_what_it_says(ErrorKind kind) {
        Lines lines = Lines.of(3, 20_000, 0.5, ErrorMix.only(kind));
        assertThat(lines.further()).hasSizeGreaterThan(30);
        assertThat(lines.summary().of(kind)).isEqualTo(lines.further().size());
        for (String[] wrong : lines.further()) {
            String[] right = lines.firstOf(wrong);
            assertThat(wrong[13]).isEqualTo(kind.name());
            assertThat(changed(right, wrong))
                    .as("%s: %s", kind, String.join(",", wrong))
                    .contains(touched(kind).get(0))
                    .isSubsetOf(touched(kind));
            assertThat(says(kind, right, wrong))
                    .as("%s: %s", String.join(",", right), String.join(",", wrong))
                    .isTrue();
        }
    }

    private static TreeSet<Integer> changed(String[] right, String[] wrong) {
        TreeSet<Integer> columns = new TreeSet<>();
        IntStream.rangeClosed(NAME, INSURANCE)
                .filter(column -> !right[column].equals(wrong[column]))
                .forEach(columns::add);
        return columns;
    }

    /** The columns that it may change; the first of them it always does. */
    private static List<Integer> touched(ErrorKind kind) {
        return switch (kind) {
            case NEWBORN_NAMED -> List.of(NAME, ID_TYPE, ID);
            case RELATIVE_ID, ID_MISSING, OTHER_DOCUMENT -> List.of(ID, ID_TYPE);
            case MOVED, ADDRESS_MISSING -> List.of(ADDRESS, DIVISION);
            default ->
                switch (kind.field()) {
                    case NAME -> List.of(NAME);
                    case DOCUMENT -> List.of(ID);
                    case BIRTH -> List.of(BIRTH);
                    case SEX -> List.of(SEX);
                    case PHONE -> List.of(PHONE);
                    case ADDRESS -> List.of(ADDRESS);
                    case INSURANCE -> List.of(INSURANCE);
                };
        };
    }

    private static boolean says(ErrorKind kind, String[] right, String[] wrong) {
        return switch (kind.field()) {
            case NAME -> saysName(kind, right, wrong);
            case DOCUMENT -> saysDocument(kind, right, wrong);
            case BIRTH -> saysBirth(kind, LocalDate.parse(right[BIRTH]), LocalDate.parse(wrong[BIRTH]));
            case SEX -> kind == ErrorKind.SEX_WRONG ? wrong[SEX].matches("[MF]") : wrong[SEX].equals("U");
            case PHONE -> saysPhone(kind, right[PHONE], wrong[PHONE]);
            case ADDRESS -> saysAddress(kind, right[ADDRESS], wrong[ADDRESS]);
            case INSURANCE -> wrong[INSURANCE].isEmpty();
        };
    }

    private static boolean saysName(ErrorKind kind, String[] right, String[] wrong) {
        String name = wrong[NAME];
        String before = right[NAME];
        return switch (kind) {
            case HOMOPHONE_GIVEN ->
                name.length() == before.length() && Writing.pinyin(name).equals(Writing.pinyin(before));
            case HOMOPHONE_SURNAME -> name.charAt(name.length() - 1) == before.charAt(before.length() - 1);
            case LOOK_ALIKE -> differing(before, name) == 1;
            case TRADITIONAL -> name.length() == before.length();
            case RARE_CHARACTER -> name.matches(".*([A-Z]+|[?？]).*");
            case SWAPPED_NAME -> sorted(name).equals(sorted(before));
            case TRUNCATED_NAME -> before.startsWith(name) && name.length() >= 2;
            case MIDDLE_DOT -> before.contains("·") && !name.contains("·");
            case NEWBORN_NAMED ->
                before.matches(".+之[子女]")
                        && !name.matches(".+之[子女]")
                        && ResidentId.isValid(wrong[ID])
                        && wrong[ID].substring(6, 14).equals(wrong[BIRTH].replace("-", ""));
            default -> false;
        };
    }

    private static boolean saysDocument(ErrorKind kind, String[] right, String[] wrong) {
        String id = wrong[ID];
        String before = right[ID];
        return switch (kind) {
            case FULL_WIDTH -> Normalizer.normalize(id, Normalizer.Form.NFKC).equals(before);
            case LOWER_CASE_X -> id.endsWith("x") && before.endsWith("X");
            case OLD_ID -> id.matches("\\d{15}") && before.startsWith(id.substring(0, 6));
            case ID_DIGIT -> !ResidentId.isValid(id) && differing(before, id) == 1;
            case ID_TRANSPOSED ->
                !ResidentId.isValid(id)
                        && differing(before, id) == 2
                        && sorted(id).equals(sorted(before));
            case RELATIVE_ID -> !id.isEmpty() && !id.equals(before);
            case ID_MISSING -> id.isEmpty() && wrong[ID_TYPE].isEmpty();
            case OTHER_DOCUMENT -> wrong[ID_TYPE].matches("PASSPORT|BIRTH_CERTIFICATE");
            default -> false;
        };
    }

    private static boolean saysBirth(ErrorKind kind, LocalDate before, LocalDate date) {
        return switch (kind) {
            case BIRTH_DAY_MONTH ->
                date.getMonthValue() == before.getDayOfMonth() && date.getDayOfMonth() == before.getMonthValue();
            case BIRTH_DIGIT -> differing(before.toString(), date.toString()) == 1;
            case BIRTH_YEAR ->
                date.plusYears(1).equals(before) || date.minusYears(1).equals(before);
            case LUNAR_BIRTHDAY -> date.isBefore(before) && date.plusDays(60).isAfter(before);
            case BIRTH_JUNK ->
                date.getDayOfYear() == 1 && (date.getYear() == 1900 || date.getYear() == before.getYear());
            default -> false;
        };
    }

    private static boolean saysPhone(ErrorKind kind, String before, String phone) {
        return switch (kind) {
            case PHONE_CHANGED, RELATIVE_PHONE -> phone.matches("1[3-9]\\d{9}") && differing(before, phone) > 0;
            case PHONE_TYPO -> differing(before, phone) <= 2 && phone.length() == 11;
            case PHONE_JUNK -> phone.matches("1(.)\\1+|1380+|13900000000|13000000000|13800138000|13888888888");
            case PHONE_MISSING -> phone.isEmpty();
            default -> false;
        };
    }

    private static boolean saysAddress(ErrorKind kind, String before, String address) {
        return switch (kind) {
            case MOVED -> address.startsWith("浙江省云江市") && address.endsWith("室");
            case ADDRESS_ABBREVIATED -> address.length() < before.length() && address.contains("号");
            case ADDRESS_MISSING -> address.isEmpty();
            default -> false;
        };
    }

    private static long differing(String one, String other) {
        return one.length() != other.length()
                ? Integer.MAX_VALUE
                : IntStream.range(0, one.length())
                        .filter(i -> one.charAt(i) != other.charAt(i))
                        .count();
    }

    private static String sorted(String text) {
        return text.chars().sorted().mapToObj(Character::toString).reduce("", String::concat);
    }

    @Test
    void lunar_dates_follow_the_calendar() {
        assertThat(BirthErrors.lunar(LocalDate.of(1985, 1, 15))).contains(LocalDate.of(1984, 11, 25));
        assertThat(BirthErrors.lunar(LocalDate.of(2026, 2, 17))).contains(LocalDate.of(2026, 1, 1));
        assertThat(BirthErrors.lunar(LocalDate.of(1949, 10, 1))).contains(LocalDate.of(1949, 8, 10));
    }

    @Test
    void surnames_are_read_as_surnames() {
        assertThat(Writing.surnameHomophones("张")).contains("章");
        assertThat(Writing.surnameHomophones("单")).doesNotContain("谈");
        assertThat(Writing.homophones("伟")).contains("炜");
        assertThat(Writing.traditional("张伟")).isEqualTo("張偉");
    }

    @Test
    void rates_are_shares() {
        assertThatThrownBy(() -> ErrorMix.usual().with(Map.of(ErrorKind.MOVED, 1.5)))
                .hasMessageContaining("MOVED")
                .hasMessageContaining("0 to 1");
        assertThat(ErrorMix.only(ErrorKind.MOVED).required()).isEqualTo(Optional.of(ErrorKind.MOVED));
    }

    @Test
    void the_documented_table_of_kinds_is_the_real_one() throws IOException {
        String page = Files.readString(Path.of("../../docs/linkage/population.md"));
        for (ErrorKind kind : ErrorKind.values()) {
            assertThat(page).contains("| `" + kind.name() + "` | " + kind.usualRate() + " |");
        }
    }
}
