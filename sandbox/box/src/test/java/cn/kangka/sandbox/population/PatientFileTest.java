package cn.kangka.sandbox.population;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PatientFileTest {
    private static final int PEOPLE = 60_000;
    private static final Lines LINES = Lines.of(7, PEOPLE, 0.25, ErrorMix.usual());

    @Test
    void the_same_seed_gives_the_same_file_and_another_seed_gives_another() {
        String file = Lines.text(7, 3_000, 0.3, ErrorMix.usual());
        assertThat(Lines.text(7, 3_000, 0.3, ErrorMix.usual())).isEqualTo(file);
        assertThat(Lines.text(8, 3_000, 0.3, ErrorMix.usual())).isNotEqualTo(file);
    }

    @Test
    void every_human_has_one_right_record_and_the_share_asked_for_has_a_further_one() {
        assertThat(LINES.first()).hasSize(PEOPLE);
        assertThat(LINES.further().size()).isCloseTo(PEOPLE / 4, within(PEOPLE / 100));
        assertThat(LINES.summary().people()).isEqualTo(PEOPLE);
        assertThat(LINES.summary().further()).isEqualTo(LINES.further().size());
        Set<String> ids = new HashSet<>();
        Stream.concat(LINES.first().values().stream(), LINES.further().stream())
                .forEach(line -> assertThat(ids.add(line[0] + " " + line[1])).isTrue());
    }

    @Test
    void further_records_are_scattered_over_sources_and_mostly_at_another_one() {
        long same = LINES.further().stream()
                .filter(line -> line[0].equals(LINES.firstOf(line)[0]))
                .count();
        assertThat((double) same / LINES.further().size()).isBetween(0.08, 0.13);
        assertThat(LINES.first().values().stream().map(line -> line[0]).distinct())
                .hasSize(107);
    }

    @Test
    void right_records_hold_valid_documents_phones_and_divisions() {
        Map<String, Integer> codes = Divisions.districts().stream()
                .collect(Collectors.toMap(Divisions.District::name, Divisions.District::code));
        for (String[] line : LINES.first().values()) {
            assertThat(line[3]).matches("[MF]");
            assertThat(line[7]).matches("1[3-9]\\d{9}");
            assertThat(line[9]).matches("\\d{6}");
            assertThat(codes.entrySet())
                    .anyMatch(district ->
                            line[8].contains(district.getKey()) && line[9].equals(String.valueOf(district.getValue())));
            if (line[5].equals("RESIDENT_ID")) {
                assertThat(ResidentId.isValid(line[6])).isTrue();
                assertThat(line[2].matches(".+之[子女]")
                                || line[6].substring(6, 14).equals(line[4].replace("-", "")))
                        .isTrue();
            }
        }
    }

    @Test
    void newborns_are_registered_with_their_mothers_name_and_most_of_them_with_her_id() {
        List<String[]> newborns = LINES.first().values().stream()
                .filter(line -> line[2].matches(".+之[子女]"))
                .toList();
        assertThat(newborns).hasSizeGreaterThan(300).allMatch(line -> line[2].startsWith(line[10]));
        double withMothersId =
                newborns.stream().filter(line -> line[5].equals("RESIDENT_ID")).count() / (double) newborns.size();
        assertThat(withMothersId).isBetween(0.5, 0.7);
    }

    @Test
    void names_are_as_common_as_the_ministry_counted() {
        Map<String, Integer> names = new HashMap<>();
        LINES.first().values().forEach(line -> names.merge(line[2], 1, Integer::sum));
        long three = LINES.first().values().stream()
                .filter(line -> line[2].matches("[王李张].*"))
                .count();
        assertThat(three / (double) PEOPLE).isBetween(0.20, 0.24);
        assertThat(names.get("张伟")).isBetween(PEOPLE / 12_000, PEOPLE / 2_000);
        assertThat(names.get("王芳")).isBetween(PEOPLE / 30_000, PEOPLE / 2_000);
        long twoCharacters = LINES.first().values().stream()
                .filter(line -> line[2].length() == 2)
                .count();
        assertThat(twoCharacters / (double) PEOPLE).isBetween(0.12, 0.18);
        assertThat(names.size() / (double) PEOPLE).isGreaterThan(0.7);
        assertThat(names.keySet()).anyMatch(name -> name.startsWith("欧阳")).anyMatch(name -> name.contains("·"));
    }

    @Test
    void households_share_addresses_and_phones() {
        assertThat(LINES.summary().sharedAddress()).isBetween(0.90, 0.97);
        assertThat(LINES.summary().sharedPhone()).isBetween(0.35, 0.45);
    }

    @Test
    void kinds_happen_at_their_usual_rates_where_they_are_always_possible() {
        for (ErrorKind kind : List.of(
                ErrorKind.ID_MISSING,
                ErrorKind.PHONE_CHANGED,
                ErrorKind.MOVED,
                ErrorKind.BIRTH_JUNK,
                ErrorKind.SEX_WRONG)) {
            long records = LINES.further().stream()
                    .filter(line -> List.of(line[13].split(";")).contains(kind.name()))
                    .count();
            assertThat(LINES.summary().of(kind)).isEqualTo((int) records);
            assertThat(records / (double) LINES.further().size())
                    .as(kind.name())
                    .isCloseTo(kind.usualRate(), within(0.012));
        }
    }

    @Test
    void no_two_humans_share_a_document_unless_the_record_says_so() {
        Map<String, String> holders = new HashMap<>();
        Stream.concat(LINES.first().values().stream(), LINES.further().stream())
                .filter(line -> !line[6].isEmpty())
                .filter(line -> !line[13].contains("ID_DIGIT")
                        && !line[13].contains("ID_TRANSPOSED")
                        && !line[13].contains("RELATIVE_ID")
                        && !LINES.firstOf(line)[2].matches(".+之[子女]"))
                .forEach(line -> assertThat(holders.merge(line[5] + line[6], line[12], (one, other) -> one))
                        .isEqualTo(line[12]));
    }

    @Test
    void a_kind_that_is_switched_off_changes_nothing_about_the_others() {
        Lines without = Lines.of(7, 4_000, 1, ErrorMix.usual().with(Map.of(ErrorKind.PHONE_CHANGED, 0.0)));
        Lines with = Lines.of(7, 4_000, 1, ErrorMix.usual());
        assertThat(without.summary().of(ErrorKind.PHONE_CHANGED)).isZero();
        assertThat(without.summary().of(ErrorKind.MOVED))
                .isEqualTo(with.summary().of(ErrorKind.MOVED));
        assertThat(without.summary().of(ErrorKind.HOMOPHONE_GIVEN))
                .isEqualTo(with.summary().of(ErrorKind.HOMOPHONE_GIVEN));
    }

    @Test
    void it_is_written_household_by_household() throws IOException {
        // A sink that stops after a while: of ten million people, only the first households are ever made.
        StringBuilder taken = new StringBuilder();
        Appendable full = new FullSink(taken);
        try {
            new PatientFile(1, 10_000_000, 0.03, ErrorMix.usual()).write(full);
        } catch (FullSink.Full expected) {
            assertThat(taken.length()).isGreaterThan(100_000);
            return;
        }
        throw new AssertionError("the sink never filled");
    }

    private record FullSink(StringBuilder taken) implements Appendable {
        @SuppressWarnings("serial")
        private static final class Full extends IOException {}

        @Override
        public Appendable append(CharSequence text) throws IOException {
            if (taken.length() > 100_000) {
                throw new Full();
            }
            taken.append(text);
            return this;
        }

        @Override
        public Appendable append(CharSequence text, int start, int end) throws IOException {
            return append(text.subSequence(start, end));
        }

        @Override
        public Appendable append(char character) throws IOException {
            return append(String.valueOf(character));
        }
    }
}
