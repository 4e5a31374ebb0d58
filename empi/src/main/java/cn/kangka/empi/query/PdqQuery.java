package cn.kangka.empi.query;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.MessageRefusedException;
import cn.kangka.empi.hospital.Received;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.LinkRow;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.query.Domains.PatientCx;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** QBP^Q22: which patients look like this (IHE ITI-21)? QBP^Q21: who is the one with this id (HL7 v2.8, 3.3.57)? */
@ApplicationScoped
class PdqQuery implements MessageHandler {
    private static final int LARGEST_PAGE = 200;
    private static final String BY_ID = "Q21";

    /** A person that was found, with what is needed to write it. */
    private record Hit(PersonSnapshot person, Identity best, List<PatientCx> ids, String mothersPid) {}

    /** One page of all hits, and how many there are from here on. */
    private record HitPage(int all, List<Hit> here, int rest) {
        UUID only() {
            return all == 1 && here.size() == 1 ? here.get(0).person().id() : null;
        }
    }

    private final Identities identities;
    private final Persons persons;
    private final Domains domains;
    private final QueryConfig config;
    private final Clock clock;

    PdqQuery(Identities identities, Persons persons, Domains domains, QueryConfig config, Clock clock) {
        this.identities = identities;
        this.persons = persons;
        this.domains = domains;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean handles(String code, String trigger) {
        return "QBP".equals(code) && ("Q22".equals(trigger) || BY_ID.equals(trigger));
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received message) {
        Hl7Message request = message.message();
        String trigger = BY_ID.equals(request.trigger()) ? "K21" : "K22";
        QueryAnswer answer = QueryAnswer.begin(request, trigger, "RSP_K21", OffsetDateTime.now(clock));
        return Uni.createFrom()
                .deferred(() -> ask(tx, request, answer))
                .onFailure(MessageRefusedException.class)
                .recoverWithItem(failure -> new HandlerOutcome.Answered(answer.refused(failure.refusals()), null));
    }

    private Uni<HandlerOutcome> ask(SqlConnection tx, Hl7Message request, QueryAnswer answer) {
        Segment query = QueryAnswer.query(request);
        boolean byId = BY_ID.equals(request.trigger());
        PdqCriteria criteria = byId
                ? PdqCriteria.ofId(query.repetition(3, 1), domains::owner)
                : PdqCriteria.read(query.repetitions(3), domains::owner);
        int limits = byId ? 4 : 8;
        Set<String> asked = domains.asked(query.repetitions(limits), "QPD^1^" + limits);
        String after = request.segment("DSC").map(dsc -> dsc.value(1)).orElse("");
        return identities
                .withAllKeys(tx, criteria.source(), criteria.keys(), config.maxHits() + 1)
                .invoke(this::refuseTooMany)
                .chain(found ->
                        persons.linksOf(tx, found.stream().map(Identity::id).toList()))
                .chain(links -> page(tx, personsOf(links), asked, after, pageSize(request)))
                .map(page -> new HandlerOutcome.Answered(written(answer, page), page.only()));
    }

    private void refuseTooMany(List<Identity> found) {
        if (found.size() > config.maxHits()) {
            throw new MessageRefusedException(
                    Hl7Refusal.error(Hl7Refusal.TABLE_VALUE, "QPD^1^3", "too many patients match; narrow the query"));
        }
    }

    private static List<UUID> personsOf(List<LinkRow> links) {
        return links.stream()
                .map(LinkRow::person)
                .distinct()
                .sorted(Comparator.comparing(UUID::toString))
                .toList();
    }

    /** Loads only the page, unless domains are asked for: then who has no id in them is no hit at all. */
    private Uni<HitPage> page(SqlConnection tx, List<UUID> found, Set<String> asked, String after, int size) {
        if (!asked.isEmpty()) {
            return hits(tx, found, asked).map(all -> {
                List<Hit> rest = all.stream()
                        .filter(hit -> hit.person().id().toString().compareTo(after) > 0)
                        .toList();
                return new HitPage(all.size(), rest.subList(0, Math.min(size, rest.size())), rest.size());
            });
        }
        List<UUID> rest = found.stream()
                .filter(person -> person.toString().compareTo(after) > 0)
                .toList();
        return hits(tx, rest.subList(0, Math.min(size, rest.size())), asked)
                .map(here -> new HitPage(found.size(), here, rest.size()));
    }

    private Uni<List<Hit>> hits(SqlConnection tx, List<UUID> found, Set<String> asked) {
        return Multi.createFrom()
                .iterable(found)
                .onItem()
                .transformToUniAndConcatenate(person -> persons.snapshot(tx, person))
                .onItem()
                .transformToUniAndConcatenate(person -> hit(tx, person, asked))
                .filter(hit -> !hit.ids().isEmpty())
                .collect()
                .asList();
    }

    private Uni<Hit> hit(SqlConnection tx, PersonSnapshot person, Set<String> asked) {
        List<PatientCx> ids = domains.idsOf(person, asked);
        return identities
                .load(
                        tx,
                        person.identities().stream().map(IdentityRef::identity).toList())
                .map(charts -> best(person, charts))
                .chain(best -> mothersPid(tx, best).map(mother -> new Hit(person, best, ids, mother)));
    }

    private static Identity best(PersonSnapshot person, List<Identity> charts) {
        return charts.stream()
                .filter(chart -> chart.pid() != null && !chart.isRetired())
                .min(Comparator.comparing((Identity chart) ->
                                !Objects.equals(chart.demographics().name(), person.name()))
                        .thenComparing(chart -> chart.id().toString()))
                .orElse(null);
    }

    private Uni<String> mothersPid(SqlConnection tx, Identity best) {
        String mother = best == null ? null : best.demographics().motherLocalId();
        return mother == null
                ? Uni.createFrom().nullItem()
                : identities.find(tx, best.source(), mother).map(found -> found == null ? null : found.pid());
    }

    private static String written(QueryAnswer answer, HitPage page) {
        answer.found(page.all(), page.here().size(), page.rest() - page.here().size());
        for (int i = 0; i < page.here().size(); i++) {
            Hit hit = page.here().get(i);
            PatientSegment.write(answer.segments(), i + 1, hit.person(), hit.best(), hit.ids(), hit.mothersPid());
        }
        if (page.here().size() < page.rest()) {
            Hit last = page.here().get(page.here().size() - 1);
            answer.segments()
                    .segment("DSC")
                    .set(1, last.person().id().toString())
                    .set(2, "I");
        }
        return answer.text();
    }

    /** RCP-2 as {@code 10^RD}. */
    private int pageSize(Hl7Message request) {
        String asked = request.segment("RCP").map(rcp -> rcp.value(2)).orElse("");
        boolean usable = asked.matches("[1-9]\\d{0,5}");
        return usable ? Math.min(Integer.parseInt(asked), LARGEST_PAGE) : config.pageSize();
    }
}
