package cn.kangka.empi.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeterministicMatcherTest {
    private static final UUID PERSON = new UUID(0, 1);
    private static final UUID LATER = new UUID(0, 2);
    private static final String PAPER = "RESIDENT_ID|1";

    private final Matcher matcher = new DeterministicMatcher();

    @Test
    void the_same_paper_name_and_birth_date_are_one_human() {
        Decision decision =
                matcher.decide(of(null, "张三", "1980-05-17", PAPER), List.of(of(PERSON, "张三", "1980-05-17", PAPER)));
        assertThat(decision).isInstanceOfSatisfying(Decision.Same.class, same -> {
            assertThat(same.person()).isEqualTo(PERSON);
            assertThat(same.rule()).isEqualTo(DeterministicMatcher.DOCUMENT_NAME_BIRTH);
        });
    }

    @Test
    void another_name_or_birth_date_is_another_human() {
        List<Features> known = List.of(of(PERSON, "张三", "1980-05-17", PAPER));
        assertThat(matcher.decide(of(null, "张四", "1980-05-17", PAPER), known)).isInstanceOf(Decision.Different.class);
        assertThat(matcher.decide(of(null, "张三", "1980-05-18", PAPER), known)).isInstanceOf(Decision.Different.class);
        assertThat(matcher.decide(of(null, "张三", null, PAPER), known)).isInstanceOf(Decision.Different.class);
    }

    @Test
    void two_valid_resident_ids_in_one_cluster_are_vetoed() {
        Features subject = new Features(
                UUID.randomUUID(), null, "张三", "1980", Set.of("A"), Set.of("PASSPORT|7"), Set.of("NID|1"), false);
        Features same = new Features(
                UUID.randomUUID(), PERSON, "张三", "1980", Set.of(), Set.of("PASSPORT|7"), Set.of("NID|1"), false);
        Features other = new Features(UUID.randomUUID(), PERSON, "张三", "1980", Set.of("B"), Set.of(), Set.of(), false);
        assertThat(matcher.decide(subject, List.of(same))).isInstanceOf(Decision.Same.class);
        assertThat(matcher.decide(subject, List.of(same, other))).isInstanceOf(Decision.Different.class);
    }

    @Test
    void a_nameless_newborn_never_joins_by_papers() {
        Features child =
                new Features(UUID.randomUUID(), null, "张三之子", "2026-11-01", Set.of(), Set.of(PAPER), Set.of(), true);
        Features twin =
                new Features(UUID.randomUUID(), PERSON, "张三之子", "2026-11-01", Set.of(), Set.of(PAPER), Set.of(), true);
        assertThat(matcher.decide(child, List.of(twin))).isInstanceOf(Decision.Different.class);
    }

    @Test
    void among_several_persons_the_order_of_candidates_does_not_matter() {
        Features subject = of(null, "张三", "1980-05-17", PAPER);
        Features one = of(PERSON, "张三", "1980-05-17", PAPER);
        Features two = of(LATER, "张三", "1980-05-17", PAPER);
        for (List<Features> order : List.of(List.of(one, two), List.of(two, one))) {
            assertThat(((Decision.Same) matcher.decide(subject, order)).person())
                    .isEqualTo(PERSON);
        }
    }

    private static Features of(UUID person, String name, String birth, String paper) {
        return new Features(UUID.randomUUID(), person, name, birth, Set.of(paper), Set.of(paper), Set.of(), false);
    }
}
