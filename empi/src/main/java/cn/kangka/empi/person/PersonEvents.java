package cn.kangka.empi.person;

import cn.kangka.kit.outbox.Outbox;
import cn.kangka.kit.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Tells {@code api} of persons, in the transaction of the change (docs/between-services.md, person.changed). */
@ApplicationScoped
class PersonEvents {
    static final String DESTINATION = "api";
    private static final String TYPE = "person.changed";
    private static final int FULL_DATE = "1980-05-17".length();

    private final Outbox outbox;

    PersonEvents(Outbox outbox) {
        this.outbox = outbox;
    }

    Uni<Void> changed(SqlConnection tx, PersonSnapshot person) {
        return outbox.append(tx, event(person));
    }

    Uni<Void> changed(SqlConnection tx, List<PersonSnapshot> persons) {
        return outbox.append(tx, persons.stream().map(PersonEvents::event).toList());
    }

    /** Two persons whose identities moved between them: each is the barrier of the other. */
    Uni<Void> changedTogether(SqlConnection tx, PersonSnapshot one, PersonSnapshot other) {
        return outbox.append(tx, event(one).withBarrier(other.id().toString()))
                .chain(() -> outbox.append(tx, event(other).withBarrier(one.id().toString())));
    }

    private static OutboxEvent event(PersonSnapshot person) {
        return OutboxEvent.of(
                DESTINATION,
                person.id().toString(),
                person.version(),
                TYPE,
                data(person).encode());
    }

    private static JsonObject data(PersonSnapshot person) {
        JsonArray identities = new JsonArray();
        person.identities()
                .forEach(each -> identities.add(new JsonObject()
                        .put("identity", each.identity().toString())
                        .put("source", each.source())
                        .put("linkVersion", each.linkVersion())));
        JsonObject data = new JsonObject()
                .put("person", person.id().toString())
                .put("status", person.status().name())
                .put("suspect", person.suspect())
                .put("name", person.name())
                .put("sex", person.sex().name())
                .put("birthDate", wholeDate(person.birth()))
                .put("deceased", person.deceased())
                .put("identities", identities);
        if (person.mergedInto() != null) {
            data.put("mergedInto", person.mergedInto().toString());
        }
        return data;
    }

    /** A date that is known to the day; null otherwise, because receivers expect {@code YYYY-MM-DD}. */
    static String wholeDate(String birth) {
        return birth != null && birth.length() >= FULL_DATE ? birth.substring(0, FULL_DATE) : null;
    }
}
