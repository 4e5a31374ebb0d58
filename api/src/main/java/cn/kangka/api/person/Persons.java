package cn.kangka.api.person;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What other features may ask about humans. */
@ApplicationScoped
public class Persons {
    private final PersonStore store;

    Persons(PersonStore store) {
        this.store = store;
    }

    /** The person, or null when the index has not told of it yet. */
    public Uni<Person> find(SqlClient connection, UUID person) {
        return store.find(connection, person);
    }

    /** Whom an id means today: itself, or the survivor when it was merged away. */
    public Uni<UUID> current(SqlClient connection, UUID person) {
        return store.current(connection, person);
    }

    /**
     * Like {@link #current}, for somebody about to write a row by person: until the transaction ends no merge of that
     * person is applied, so the row cannot be left behind.
     */
    public Uni<UUID> currentLocked(SqlConnection tx, UUID person) {
        return store.current(tx, person).flatMap(now -> store.lock(tx, now)
                .chain(() -> store.current(tx, now))
                .flatMap(again -> again.equals(now) ? Uni.createFrom().item(now) : currentLocked(tx, again)));
    }
}
