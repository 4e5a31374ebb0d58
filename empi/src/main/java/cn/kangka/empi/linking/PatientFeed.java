package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hospital.Source;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * The front door of linking for feeds that are no HL7 v2 messages. What they tell of a patient is read as a PID all the same,
 * so that one set of rules holds for all.
 */
@ApplicationScoped
public class PatientFeed {
    private final PatientReader reader;
    private final Linking linking;
    private final Charts charts;

    PatientFeed(PatientReader reader, Linking linking, Charts charts) {
        this.reader = reader;
        this.linking = linking;
        this.charts = charts;
    }

    /**
     * What a message with one PID tells of a patient.
     *
     * @throws LinkingRefusedException when an id of it cannot be taken
     */
    public Told read(Source source, Hl7Message message) {
        return reader.read(source, message.segment("PID").orElseThrow(), 1);
    }

    /**
     * The sender's own id among some.
     *
     * @param location where they stand
     * @throws LinkingRefusedException when there is none
     */
    public String localId(Source source, List<Repetition> ids, String location) {
        return reader.localId(source, ids, location, new HashSet<>());
    }

    /** What a source tells of a patient. */
    public record Telling(Source source, Told told) {}

    /** Locks patients who will be registered one after the other in one transaction; at most a hundred at a time. */
    public Uni<Void> lock(SqlConnection tx, List<Telling> some) {
        return linking.lock(tx, some);
    }

    /** Registers or updates a patient and links it. */
    public Uni<Linked> register(SqlConnection tx, Telling telling, Instant at) {
        return linking.register(tx, telling.source(), telling.told(), at, false);
    }

    /**
     * The chart {@code retired} was merged into {@code survivor} by its source.
     *
     * @param event by which it told, as the person's history names it
     * @param location where the survivor's id stands
     */
    public Uni<Linked> merge(
            SqlConnection tx,
            Source source,
            String event,
            String survivor,
            String retired,
            String location,
            Instant at) {
        return charts.act(
                tx,
                source,
                new Charts.Pair(Charts.Act.MERGE, event, Told.onlyId(survivor), true, retired, location),
                at);
    }
}
