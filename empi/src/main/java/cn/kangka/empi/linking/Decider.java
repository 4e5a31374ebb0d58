package cn.kangka.empi.linking;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.linking.Decision.Join;
import cn.kangka.empi.matching.clustering.Growth;
import cn.kangka.empi.matching.clustering.PairScores;
import cn.kangka.empi.matching.model.Thresholds;
import cn.kangka.empi.matching.model.VetoModel;
import cn.kangka.empi.matching.record.PreparedRecord;
import cn.kangka.empi.matching.scoring.Scorer;
import cn.kangka.empi.person.Member;
import cn.kangka.empi.review.Doubt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Decides on one identity among the persons that share a block with it, each person as a whole. Nothing joins over what a
 * human said, a veto or a contradiction between any two members.
 */
final class Decider {
    static final String DECISIVE_ID = "decisive-id";
    static final String DOCUMENT_NAME_BIRTH = "document-name-birth";
    /** Bits by which a certain rule speaks for a pair: a million to one, and a billion to one. */
    private static final double PAPERS = 20;

    private static final double DECISIVE = 30;

    private final Engine engine;
    private final Thresholds thresholds;
    private final CertainRules certain;
    private final double moveMargin;
    private final List<Identity> identities = new ArrayList<>();
    private final List<PreparedRecord> records = new ArrayList<>();
    private final Set<List<UUID>> apart;
    private final Map<UUID, int[]> byPerson = new LinkedHashMap<>();
    private final Pair[] withSubject;

    /**
     * What is known of two records.
     *
     * @param bits the model's score, whatever forbids it
     * @param rule the certain rule that holds; null when none does
     * @param apart whether a human, or a source that has nobody twice, says that they are two
     * @param veto that forbids them; null when none does
     * @param contradiction whether they contradict too strongly
     */
    private record Pair(double bits, String rule, boolean apart, VetoModel veto, boolean contradiction) {
        double score() {
            return apart || veto != null || contradiction ? PairScores.FORBIDDEN : bits;
        }
    }

    /**
     * @param members everybody in the persons that may be touched, the subject's own included
     * @param apart pairs that a human said are two
     * @param prepared gives a member's record
     */
    Decider(
            Engine engine,
            CertainRules certain,
            double moveMargin,
            Identity subject,
            PreparedRecord record,
            List<Member> members,
            Set<List<UUID>> apart,
            Function<Identity, PreparedRecord> prepared) {
        this.engine = engine;
        this.thresholds = engine.model().thresholds();
        this.certain = certain;
        this.moveMargin = moveMargin;
        this.apart = apart;
        identities.add(subject);
        records.add(record);
        members.stream()
                .filter(member -> !member.identity().id().equals(subject.id()))
                .sorted(Comparator.comparing((Member member) -> member.link().person())
                        .thenComparing(member -> member.identity().id()))
                .forEach(member -> add(member, prepared.apply(member.identity())));
        withSubject = new Pair[records.size()];
        for (int i = 1; i < withSubject.length; i++) {
            withSubject[i] = pair(0, i);
        }
    }

    private void add(Member member, PreparedRecord record) {
        int number = records.size();
        identities.add(member.identity());
        records.add(record);
        byPerson.merge(member.link().person(), new int[] {number}, (known, one) -> {
            int[] more = Arrays.copyOf(known, known.length + 1);
            more[known.length] = number;
            return more;
        });
    }

    /**
     * @param home the subject's own person; null when it has none yet
     */
    Decision decide(UUID home) {
        int[] rest = home == null ? new int[0] : byPerson.getOrDefault(home, new int[0]);
        if (rest.length > 0 && !fits(rest)) {
            return leave(home, rest);
        }
        List<Join> joins = uncontested(home, growth(home, rest));
        return new Decision(joins, null, null, doubts(home, joins));
    }

    /** Who fits two persons about equally well, of whom one contradicts the other, joins neither: a human looks. */
    private List<Join> uncontested(UUID home, List<Join> joins) {
        Set<UUID> own = joins.stream().map(Join::person).collect(Collectors.toCollection(HashSet::new));
        own.add(home);
        List<int[]> others = byPerson.entrySet().stream()
                .filter(each -> !own.contains(each.getKey()) && isStrong(each.getValue()))
                .map(Map.Entry::getValue)
                .toList();
        return joins.stream()
                .filter(join -> others.stream().noneMatch(rival -> isContested(byPerson.get(join.person()), rival)))
                .toList();
    }

    private boolean isContested(int[] joined, int[] rival) {
        return average(rival) >= Math.max(thresholds.support(), average(joined) - moveMargin)
                && Arrays.stream(joined).anyMatch(one -> Arrays.stream(rival)
                        .anyMatch(other -> score(one, other) == PairScores.FORBIDDEN));
    }

    private boolean isStrong(int[] members) {
        double link = Scorer.score(thresholds.link());
        return Arrays.stream(members).anyMatch(each -> withSubject[each].score() >= link);
    }

    /** Persons that the subject, who has none yet, may be, the likeliest first. */
    List<Match> matches() {
        List<Join> joins = growth(null, new int[0]);
        List<UUID> likely = byPerson.keySet().stream().filter(this::isLikely).toList();
        List<Match> matches = new ArrayList<>();
        byPerson.forEach((person, members) -> {
            Pair likeliest = withSubject[closest(members)];
            double probability = Scorer.probability(likeliest.bits());
            boolean asked = likeliest.veto() == null || likeliest.veto().review();
            if (asked && probability >= thresholds.review()) {
                boolean joined = joins.size() == 1 && joins.get(0).person().equals(person);
                Match.Grade otherwise = likely.contains(person) ? Match.Grade.PROBABLE : Match.Grade.POSSIBLE;
                matches.add(
                        new Match(person, probability, joined && likely.size() == 1 ? Match.Grade.CERTAIN : otherwise));
            }
        });
        matches.sort(Comparator.comparing(Match::grade)
                .thenComparing(Comparator.comparingDouble(Match::probability).reversed())
                .thenComparing(Match::person));
        return matches;
    }

    private boolean isLikely(UUID person) {
        Pair likeliest = withSubject[closest(byPerson.get(person))];
        return likeliest.veto() == null && Scorer.probability(likeliest.bits()) >= thresholds.link();
    }

    private boolean fits(int[] cluster) {
        double best = Arrays.stream(cluster)
                .mapToDouble(each -> withSubject[each].score())
                .max()
                .orElseThrow();
        return best >= Scorer.score(thresholds.link()) && average(cluster) > thresholds.support();
    }

    private double average(int[] cluster) {
        return Arrays.stream(cluster)
                .mapToDouble(each -> withSubject[each].score())
                .average()
                .orElseThrow();
    }

    /** New data no longer fits the rest of its person: somebody else must fit clearly better, else a human looks. */
    private Decision leave(UUID home, int[] rest) {
        List<Join> elsewhere = uncontested(home, growth(home, new int[0]));
        if (!elsewhere.isEmpty() && average(byPerson.get(elsewhere.get(0).person())) - average(rest) >= moveMargin) {
            return new Decision(List.of(), elsewhere.get(0), join(home), doubts(home, elsewhere));
        }
        int closest = closest(rest);
        List<Doubt> doubts = new ArrayList<>(doubts(home, List.of()));
        if (!withSubject[closest].apart()) {
            doubts.add(doubt(closest));
        }
        return new Decision(List.of(), null, join(home), doubts);
    }

    private List<Join> growth(UUID home, int[] rest) {
        List<UUID> persons = new ArrayList<>();
        List<int[]> clusters = new ArrayList<>();
        int[] own = Arrays.copyOf(rest, rest.length + 1);
        clusters.add(own);
        byPerson.forEach((person, members) -> {
            if (isStrong(members) && !person.equals(home)) {
                persons.add(person);
                clusters.add(members);
            }
        });
        return Growth.of(thresholds, clusters, 0, this::score).stream()
                .map(number -> join(persons.get(number - 1)))
                .toList();
    }

    private Join join(UUID person) {
        int closest = closest(byPerson.get(person));
        Pair best = withSubject[closest];
        String rule = best.rule() == null ? "model " + engine.version() : best.rule();
        return new Join(person, identities.get(closest).id(), Scorer.probability(best.bits()), rule);
    }

    private int closest(int[] members) {
        return Arrays.stream(members)
                .boxed()
                .max(Comparator.comparingDouble(each -> withSubject[each].bits()))
                .orElseThrow();
    }

    /** Of each person that it did not join, the likeliest pair, when it is likely enough and not forbidden for good. */
    private List<Doubt> doubts(UUID home, List<Join> joins) {
        Set<UUID> own = joins.stream().map(Join::person).collect(Collectors.toCollection(HashSet::new));
        own.add(home);
        int[] cluster = IntStream.concat(
                        IntStream.of(0),
                        own.stream().flatMapToInt(person -> Arrays.stream(byPerson.getOrDefault(person, new int[0]))))
                .toArray();
        List<Doubt> doubts = new ArrayList<>();
        byPerson.forEach((person, members) -> {
            Pair likeliest = withSubject[closest(members)];
            boolean asked = likeliest.veto() == null || likeliest.veto().review();
            if (!own.contains(person)
                    && asked
                    && Scorer.probability(likeliest.bits()) >= thresholds.review()
                    && !isApart(cluster, members)) {
                doubts.add(doubt(closest(members)));
            }
        });
        return doubts;
    }

    private boolean isApart(int[] some, int[] others) {
        return Arrays.stream(some).anyMatch(one -> Arrays.stream(others)
                .anyMatch(other -> isApart(identities.get(one), identities.get(other))));
    }

    private Doubt doubt(int member) {
        Pair pair = withSubject[member];
        UUID subject = identities.get(0).id();
        UUID other = identities.get(member).id();
        boolean first = subject.toString().compareTo(other.toString()) < 0;
        return new Doubt(
                first ? subject : other,
                first ? other : subject,
                Scorer.probability(pair.bits()),
                pair.veto() == null ? null : pair.veto().name());
    }

    private double score(int one, int other) {
        if (one == 0 || other == 0) {
            return withSubject[Math.max(one, other)].score();
        }
        return pair(one, other).score();
    }

    private Pair pair(int one, int other) {
        Identity left = identities.get(one);
        Identity right = identities.get(other);
        boolean kept = isApart(left, right);
        if (certain.shareDecisiveId(left, right) && !CertainRules.haveOtherResidentIds(left, right)) {
            return new Pair(DECISIVE, DECISIVE_ID, kept, null, false);
        }
        double bits = engine.scorer().score(records.get(one), records.get(other));
        VetoModel veto =
                engine.scorer().veto(records.get(one), records.get(other)).orElse(null);
        boolean contradiction = bits <= -thresholds.conflict();
        return certain.agreeOnPapers(left, right)
                ? new Pair(Math.max(bits, PAPERS), DOCUMENT_NAME_BIRTH, kept, veto, contradiction)
                : new Pair(bits, null, kept, veto, contradiction);
    }

    private boolean isApart(Identity one, Identity other) {
        boolean first = one.id().toString().compareTo(other.id().toString()) < 0;
        boolean said = apart.contains(first ? List.of(one.id(), other.id()) : List.of(other.id(), one.id()));
        return said
                || Objects.equals(one.source(), other.source())
                        && !one.localId().equals(other.localId())
                        && engine.model().sources().isUniqueWithin(one.source());
    }
}
