package cn.kangka.sandbox.population;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.population.Resident.Kind;
import java.nio.charset.Charset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
    private static final long SEED = 42;
    private static final List<Resident> PEOPLE =
            Population.of(SEED, 5_000).stream().toList();
    private static final List<String> HOSPITALS = List.of("H001", "H002", "H003");
    private static final List<String> CENTRES =
            IntStream.rangeClosed(1, 100).mapToObj("C%03d"::formatted).toList();

    @Test
    void the_same_seed_gives_the_same_people_and_another_seed_gives_others() {
        assertThat(Population.of(SEED, 5_000)).containsExactlyElementsOf(PEOPLE);
        assertThat(Population.of(SEED, 100)).containsExactlyElementsOf(PEOPLE.subList(0, 100));
        assertThat(Population.of(SEED + 1, 100).stream().toList()).isNotEqualTo(PEOPLE.subList(0, 100));
    }

    @Test
    void every_resident_id_is_valid_and_says_the_persons_birth_date_and_sex() {
        List<Resident> holders =
                PEOPLE.stream().filter(p -> p.idType() == IdType.RESIDENT_ID).toList();
        assertThat(holders).hasSizeGreaterThan(4_700).allSatisfy(person -> {
            assertThat(ResidentId.isValid(person.idNumber())).isTrue();
            assertThat(person.idNumber().substring(6, 14))
                    .isEqualTo(person.birthDate().toString().replace("-", ""));
            assertThat((person.idNumber().charAt(16) - '0') % 2 == 1).isEqualTo(person.sex() == Sex.MALE);
        });
    }

    @Test
    void documents_and_phones_of_ones_own_are_unique_even_in_a_big_city() {
        Set<String> documents = new HashSet<>();
        Set<String> phones = new HashSet<>();
        int twice = 0;
        for (Resident person : Population.of(7, 200_000)) {
            twice += documents.add(person.idType() + person.idNumber()) ? 0 : 1;
            twice += !person.ownPhone() || phones.add(person.phone()) ? 0 : 1;
        }
        assertThat(twice).isZero();
    }

    @Test
    void the_check_character_follows_the_example_of_the_standard() {
        assertThat(ResidentId.check("11010519491231002")).isEqualTo('X');
        assertThat(ResidentId.isValid("11010519491231002X")).isTrue();
        assertThat(ResidentId.isValid("110105194912310021")).isFalse();
        assertThat(ResidentId.isValid("110105194913310029")).isFalse();
    }

    @Test
    void surnames_are_shared_as_in_china() {
        Map<String, Long> counts = PEOPLE.stream()
                .collect(Collectors.groupingBy(person -> person.name().substring(0, 1), Collectors.counting()));
        long three = counts.get("王") + counts.get("李") + counts.get("张");
        assertThat(three).isBetween(5_000L * 17 / 100, 5_000L * 27 / 100);
        assertThat(counts.size()).isGreaterThan(150);
        assertThat(PEOPLE).anyMatch(person -> person.name().startsWith("欧阳"));
    }

    @Test
    void there_are_newborns_shared_phones_minority_names_and_foreign_documents() {
        assertThat(PEOPLE.stream().filter(p -> p.kind() == Kind.NEWBORN))
                .hasSizeGreaterThan(20)
                .allSatisfy(baby -> {
                    assertThat(baby.name()).matches(".+之[子女]");
                    assertThat(PEOPLE)
                            .anyMatch(m -> m.name().equals(baby.motherName())
                                    && m.phone().equals(baby.phone())
                                    && m.address().equals(baby.address()));
                });
        assertThat(PEOPLE.stream().filter(p -> p.name().contains("·"))).hasSizeGreaterThan(60);
        assertThat(PEOPLE.stream().map(Resident::idType).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(IdType.values());
        assertThat(PEOPLE.stream().filter(p -> !p.ownPhone())).hasSizeBetween(500, 2_500);
    }

    @Test
    void at_least_a_thousand_adults_have_a_phone_of_their_own_and_the_first_one_is_plain() {
        assertThat(PEOPLE.stream().filter(p -> p.kind() == Kind.ADULT && p.ownPhone()))
                .hasSizeGreaterThan(2_500)
                .allSatisfy(adult -> {
                    assertThat(adult.age(Population.DEFAULT_DAY)).isBetween(18, 90);
                    assertThat(adult.phone()).matches("1[3-9]\\d{9}");
                });
        Resident first = PEOPLE.get(0);
        assertThat(first.ownPhone()).isTrue();
        assertThat(first.idType()).isEqualTo(IdType.RESIDENT_ID);
        assertThat(first.name()).hasSizeBetween(2, 3);
    }

    @Test
    void every_name_can_be_written_in_gb18030() {
        Charset gb18030 = Charset.forName("GB18030");
        assertThat(PEOPLE)
                .allSatisfy(person -> assertThat(new String(person.name().getBytes(gb18030), gb18030))
                        .isEqualTo(person.name()));
    }

    @Test
    void first_registrations_are_right_and_a_few_percent_of_the_others_are_wrong() {
        Registrations registrations =
                new Registrations(SEED, HOSPITALS, CENTRES, EnumSet.allOf(TypingError.class), 0.05);
        List<Registration> all = PEOPLE.stream()
                .flatMap(person -> registrations.of(person).stream())
                .toList();
        assertThat(all.stream().filter(r -> r.number() == 0)).hasSize(5_000).noneMatch(Registration::wrong);
        assertThat(all.stream().filter(Registration::wrong)).hasSizeBetween(40, 200);
        assertThat(all.stream().map(r -> r.source() + r.localId()).distinct()).hasSize(all.size());
    }

    @Test
    void every_kind_of_error_can_be_switched_off() {
        for (TypingError only : TypingError.values()) {
            Registrations registrations = new Registrations(SEED, HOSPITALS, CENTRES, EnumSet.of(only), 0.5);
            List<Registration> wrong = PEOPLE.stream()
                    .flatMap(person -> registrations.of(person).stream())
                    .filter(Registration::wrong)
                    .toList();
            assertThat(wrong).isNotEmpty().allSatisfy(registration -> assertThat(kindOf(registration))
                    .isEqualTo(only));
        }
        Registrations clean = new Registrations(SEED, HOSPITALS, CENTRES, Set.of(), 1);
        assertThat(PEOPLE.stream().flatMap(person -> clean.of(person).stream())).noneMatch(Registration::wrong);
    }

    private static TypingError kindOf(Registration registration) {
        Resident right = PEOPLE.get(registration.written().index());
        Resident wrong = registration.written();
        if (!right.name().equals(wrong.name())) {
            return TypingError.NAME_CHARACTER;
        }
        if (!right.phone().equals(wrong.phone())) {
            return TypingError.PHONE_SWAP;
        }
        if (!right.birthDate().equals(wrong.birthDate())) {
            return TypingError.BIRTH_DAY_MONTH;
        }
        assertThat(ResidentId.isValid(wrong.idNumber())).isFalse();
        return TypingError.ID_DIGIT;
    }
}
