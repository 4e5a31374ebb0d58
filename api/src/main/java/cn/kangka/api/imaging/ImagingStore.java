package cn.kangka.api.imaging;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The index of studies. */
@ApplicationScoped
class ImagingStore {
    private static final String PATIENT_ID = "patient-id";
    private static final String PUT_STUDY = """
            insert into imaging_study (id, identity, source, study_uid, modality, description, study_at, images)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (source, study_uid) do update set identity = excluded.identity, modality = excluded.modality,
                description = excluded.description, study_at = excluded.study_at, images = excluded.images
            """;
    private static final String PUT_PATIENT = """
            insert into imaging_patient (identity, local_id, refreshed_at) values ($1, $2, $3)
            on conflict (identity) do update set local_id = excluded.local_id, refreshed_at = excluded.refreshed_at
            """;
    private static final String PAGE = """
            select s.id, s.source, s.modality, s.description, s.study_at, s.images
            from identity i cross join lateral (
                select * from imaging_study
                where identity = i.id and (study_at, id) < ($2, $3) order by study_at desc, id desc limit $4) s
            where i.person = $1 order by s.study_at desc, s.id desc limit $4
            """;
    private static final String ONE = """
            select s.id, s.source, s.modality, s.description, s.study_at, s.images, s.study_uid, i.person as owner,
                p.local_id
            from imaging_study s join imaging_patient p on p.identity = s.identity
            left join identity i on i.id = s.identity where s.id = $1
            """;
    private static final Cursor BEGIN =
            new Cursor(OffsetDateTime.parse("9999-12-31T00:00:00Z").toInstant(), new UUID(-1, -1));

    private final Database database;
    private final Sealer sealer;

    ImagingStore(Database database, Sealer sealer) {
        this.database = database;
        this.sealer = sealer;
    }

    /** An identity of a person, and when its hospital's archive was last asked; null when never. */
    record Patient(UUID identity, String source, Instant refreshedAt) {}

    /** A study of the index. */
    record Study(UUID id, String source, String modality, String description, OffsetDateTime studyAt, Integer images) {}

    /** A study with whose it is now (null when unknown) and what its archive calls study and patient. */
    record Owned(Study study, UUID owner, String studyUid, String patientId) {
        /** Names a patient: never shown. */
        @Override
        public String toString() {
            return "study " + study.id();
        }
    }

    Uni<List<Patient>> patients(UUID person) {
        return database.pool()
                .preparedQuery("select i.id, i.source, p.refreshed_at from identity i"
                        + " left join imaging_patient p on p.identity = i.id where i.person = $1 order by i.id")
                .execute(Tuple.of(person))
                .map(rows -> all(
                        rows, row -> new Patient(row.getUUID(0), row.getString(1), instant(row.getOffsetDateTime(2)))));
    }

    /** What the archive has of a patient now; {@code complete} false keeps what it did not name. */
    Uni<Void> put(
            SqlConnection tx, Patient patient, String localId, List<PacsStudy> studies, boolean complete, Instant now) {
        List<Tuple> rows = studies.stream()
                .sorted(Comparator.comparing(PacsStudy::uid))
                .map(study -> row(patient, study, now))
                .toList();
        Uni<Void> told = rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(PUT_STUDY).executeBatch(rows).replaceWithVoid();
        return told.chain(() -> complete
                        ? forget(tx, patient, studies)
                        : Uni.createFrom().voidItem())
                .chain(() -> tx.preparedQuery(PUT_PATIENT)
                        .execute(Tuple.of(
                                patient.identity(),
                                Buffer.buffer(sealer.seal(PATIENT_ID, localId)),
                                now.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }

    private static Tuple row(Patient patient, PacsStudy study, Instant now) {
        return Tuple.tuple(Arrays.asList(
                Ids.next(),
                patient.identity(),
                patient.source(),
                study.uid(),
                study.modality(),
                study.description(),
                (study.studyAt() == null ? now : study.studyAt()).atOffset(ZoneOffset.UTC),
                study.images()));
    }

    private static Uni<Void> forget(SqlConnection tx, Patient patient, List<PacsStudy> studies) {
        return tx.preparedQuery("delete from imaging_study where identity = $1 and study_uid <> all($2)")
                .execute(Tuple.of(
                        patient.identity(), studies.stream().map(PacsStudy::uid).toArray(String[]::new)))
                .replaceWithVoid();
    }

    Uni<List<Study>> page(UUID person, Cursor after, int rows) {
        Cursor from = after == null ? BEGIN : after;
        return database.pool()
                .preparedQuery(PAGE)
                .execute(Tuple.of(person, from.at().atOffset(ZoneOffset.UTC), from.id(), rows))
                .map(found -> all(found, ImagingStore::study));
    }

    private static Study study(Row row) {
        return new Study(
                row.getUUID("id"),
                row.getString("source"),
                row.getString("modality"),
                row.getString("description"),
                row.getOffsetDateTime("study_at"),
                row.getInteger("images"));
    }

    /** The study; null when there is none. */
    Uni<Owned> find(UUID id) {
        return database.pool().preparedQuery(ONE).execute(Tuple.of(id)).map(rows -> all(
                        rows,
                        row -> new Owned(
                                study(row),
                                row.getUUID("owner"),
                                row.getString("study_uid"),
                                sealer.open(
                                        PATIENT_ID, row.getBuffer("local_id").getBytes())))
                .stream()
                .findFirst()
                .orElse(null));
    }

    /** Remembers which series each image of a study is in. */
    Uni<Void> putInstances(UUID study, List<PacsInstance> images) {
        return database.pool()
                .preparedQuery("insert into imaging_instance (study, instance_uid, series_uid)"
                        + " select $1, * from unnest($2::text[], $3::text[]) as image (instance_uid, series_uid)"
                        + " order by 2 on conflict (study, instance_uid) do update set series_uid = excluded.series_uid"
                        + " where imaging_instance.series_uid <> excluded.series_uid")
                .execute(Tuple.of(study, uids(images, PacsInstance::uid), uids(images, PacsInstance::seriesUid)))
                .replaceWithVoid();
    }

    private static String[] uids(List<PacsInstance> images, Function<PacsInstance, String> uid) {
        return images.stream().map(uid).toArray(String[]::new);
    }

    /** The image, if its study was opened before; else null. */
    Uni<PacsInstance> instance(UUID study, String uid) {
        return database.pool()
                .preparedQuery("select series_uid from imaging_instance where study = $1 and instance_uid = $2")
                .execute(Tuple.of(study, uid))
                .map(rows -> all(rows, row -> new PacsInstance(uid, row.getString(0), null)).stream()
                        .findFirst()
                        .orElse(null));
    }

    private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }

    private static Instant instant(OffsetDateTime at) {
        return at == null ? null : at.toInstant();
    }
}
