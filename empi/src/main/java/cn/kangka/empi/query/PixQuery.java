package cn.kangka.empi.query;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.MessageRefusedException;
import cn.kangka.empi.hospital.Received;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Identities;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.IdentityKey;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.person.Persons;
import cn.kangka.empi.query.Domains.PatientCx;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;

/** QBP^Q23: which ids does the patient have, whom this one names? (IHE ITI-9) */
@ApplicationScoped
class PixQuery implements MessageHandler {
    private final Identities identities;
    private final Persons persons;
    private final Domains domains;
    private final Clock clock;

    PixQuery(Identities identities, Persons persons, Domains domains, Clock clock) {
        this.identities = identities;
        this.persons = persons;
        this.domains = domains;
        this.clock = clock;
    }

    @Override
    public boolean handles(String code, String trigger) {
        return "QBP".equals(code) && "Q23".equals(trigger);
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received message) {
        Hl7Message request = message.message();
        QueryAnswer answer = QueryAnswer.begin(request, "K23", "RSP_K23", OffsetDateTime.now(clock));
        return Uni.createFrom()
                .deferred(() -> ask(tx, QueryAnswer.query(request), answer))
                .onFailure(MessageRefusedException.class)
                .recoverWithItem(failure -> new HandlerOutcome.Answered(answer.refused(failure.refusals()), null));
    }

    private Uni<HandlerOutcome> ask(SqlConnection tx, Segment query, QueryAnswer answer) {
        Repetition id = query.repetition(3, 1);
        if (id.component(1).isEmpty()) {
            throw refused(Hl7Refusal.REQUIRED_FIELD, "there is no patient id");
        }
        Source owner = domains.owner(id.subcomponent(4, 1), id.subcomponent(4, 2), "QPD^1^3^1^4");
        Set<String> asked = domains.asked(query.repetitions(4), "QPD^1^4");
        return find(tx, owner, id.component(1))
                .chain(identity -> person(tx, identity))
                .map(person -> new HandlerOutcome.Answered(written(answer, domains.idsOf(person, asked)), person.id()));
    }

    private Uni<Identity> find(SqlConnection tx, Source owner, String localId) {
        return identities
                .find(tx, owner.id(), localId)
                .chain(found -> found != null || !owner.authority().citableByAll()
                        ? Uni.createFrom().item(found)
                        : cited(tx, owner, localId));
    }

    private Uni<Identity> cited(SqlConnection tx, Source owner, String id) {
        Document document =
                new Document(DocumentType.CITED_ID, owner.authority().name() + "|" + id);
        return identities
                .withAllKeys(tx, null, List.of(IdentityKey.of(document)), 1)
                .map(found -> found.isEmpty() ? null : found.get(0));
    }

    private Uni<PersonSnapshot> person(SqlConnection tx, Identity identity) {
        if (identity == null || identity.isRetired()) {
            throw refused(
                    Hl7Refusal.UNKNOWN_KEY,
                    identity == null ? "the patient id is unknown" : "the patient id was merged into another one");
        }
        return persons.linkOf(tx, identity.id()).chain(link -> persons.snapshot(tx, link.person()));
    }

    private static String written(QueryAnswer answer, List<PatientCx> ids) {
        int hits = ids.isEmpty() ? 0 : 1;
        answer.found(hits, hits, 0);
        if (hits == 1) {
            answer.segments().segment("PID");
            ids.forEach(id -> answer.segments().raw(3, id.er7()));
            answer.segments().raw(5, "").raw(5, "^^^^^^S");
        }
        return answer.text();
    }

    private static MessageRefusedException refused(int error, String text) {
        return new MessageRefusedException(Hl7Refusal.error(error, "QPD^1^3^1^1", text));
    }
}
