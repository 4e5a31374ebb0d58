package cn.kangka.empi.hospital;

import cn.kangka.empi.person.Persons;
import cn.kangka.kit.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;

/** Writes letters for tests, as a change of a person would. */
@ApplicationScoped
public class Letters {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Database database;
    private final Persons persons;
    private final Sources sources;
    private final Announcements announcements;
    private final HospitalPost post;

    Letters(Database database, Persons persons, Sources sources, Announcements announcements, HospitalPost post) {
        this.database = database;
        this.persons = persons;
        this.sources = sources;
        this.announcements = announcements;
        this.post = post;
    }

    /** Tells an institution of a person; the letter's id. */
    public UUID tell(String institution, UUID person) {
        Source to = sources.byId(institution).orElseThrow();
        UUID letter = database.write(tx -> persons.snapshot(tx, person)
                        .chain(known -> announcements.toldAgain(tx, to, known))
                        .chain(() -> tx.query("select event_id from outbox order by id desc limit 1")
                                .execute())
                        .map(rows -> rows.iterator().next().getUUID(0)))
                .await()
                .atMost(PATIENCE);
        post.wake();
        return letter;
    }
}
