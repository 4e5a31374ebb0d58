package cn.kangka.api.record;

import cn.kangka.kit.id.Ids;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Writes reports, version by version. */
@ApplicationScoped
class ReportStore {
    static final String CONCLUSION = "conclusion";
    static final String OBSERVATION = "observation";
    private static final String NUMBER = "report-number";
    private static final String CURRENT = """
            select id, identity, version, status, issued_at, fingerprint from report
            where source = $1 and number_hash = $2 and superseded_at is null for update
            """;
    private static final String INSERT = """
            insert into report (id, identity, source, number_hash, version, status, code, title, category, hospital,
                effective_at, issued_at, received_at, abnormal, conclusion, fingerprint, release_rule, release_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """;
    private static final String INSERT_OBSERVATION = """
            insert into observation (report, position, identity, loinc, code, name, comparator, value, unit, value_text,
                flag, low, high, range_text, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """;

    private final Sealer sealer;

    ReportStore(Sealer sealer) {
        this.sealer = sealer;
    }

    /** Locks the current version of a report; null when the report is unknown. */
    Uni<VersionPolicy.Current> lockCurrent(SqlConnection tx, ReceivedReport report) {
        return tx.preparedQuery(CURRENT).execute(key(report)).map(rows -> {
            for (Row row : rows) {
                return new VersionPolicy.Current(
                        row.getUUID("id"),
                        row.getUUID("identity"),
                        row.getInteger("version"),
                        ReportStatus.valueOf(row.getString("status")),
                        row.getOffsetDateTime("issued_at").toInstant(),
                        row.getBuffer("fingerprint").getBytes());
            }
            return null;
        });
    }

    /** The version is no longer the current one; it stays listed until the next one is released. */
    Uni<Void> supersede(SqlConnection tx, UUID id, Instant at) {
        return tx.preparedQuery("update report set superseded_at = $2, notice_pending = false where id = $1")
                .execute(Tuple.of(id, utc(at)))
                .replaceWithVoid();
    }

    /** Nobody reads any version of this report any more that belongs to another identity. */
    Uni<Void> withdrawFromOthers(SqlConnection tx, ReceivedReport report) {
        Tuple others = key(report).addUUID(report.identity());
        return tx.preparedQuery("update report set withdrawn = true, listed = false, notice_pending = false"
                        + " where source = $1 and number_hash = $2 and identity <> $3")
                .execute(others)
                .replaceWithVoid();
    }

    /** Writes a version that nobody sees yet; gives its id. */
    Uni<UUID> insert(SqlConnection tx, ReceivedReport report, int version, Instant received, Release release) {
        UUID id = Ids.next();
        return tx.preparedQuery(INSERT)
                .execute(row(id, report, version, received, release))
                .chain(() -> insertObservations(tx, id, report))
                .replaceWith(id);
    }

    private Tuple row(UUID id, ReceivedReport report, int version, Instant received, Release release) {
        return Tuple.tuple(Arrays.asList(
                id,
                report.identity(),
                report.source(),
                Buffer.buffer(sealer.hash(NUMBER, report.number())),
                version,
                report.status().name(),
                report.code(),
                report.title(),
                report.category(),
                report.hospital(),
                utc(report.effectiveAt()),
                utc(report.issuedAt()),
                utc(received),
                report.abnormal(),
                sealed(CONCLUSION, report.conclusion()),
                Buffer.buffer(report.fingerprint()),
                release.rule(),
                utc(dueAt(release, received))));
    }

    private static Instant dueAt(Release release, Instant received) {
        if (release instanceof Release.NotBefore later) {
            return later.at();
        }
        return release instanceof Release.AtOnce ? received : null;
    }

    private Uni<Void> insertObservations(SqlConnection tx, UUID id, ReceivedReport report) {
        List<Tuple> rows = new ArrayList<>();
        for (ReceivedObservation each : report.observations()) {
            rows.add(Tuple.tuple(Arrays.asList(
                    id,
                    rows.size() + 1,
                    report.identity(),
                    each.loinc(),
                    each.code(),
                    each.name(),
                    each.comparator(),
                    each.value(),
                    each.unit(),
                    sealed(OBSERVATION, each.text()),
                    each.flag(),
                    each.low(),
                    each.high(),
                    each.range(),
                    utc(each.at()))));
        }
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(INSERT_OBSERVATION).executeBatch(rows).replaceWithVoid();
    }

    private Tuple key(ReceivedReport report) {
        return Tuple.of(report.source(), Buffer.buffer(sealer.hash(NUMBER, report.number())));
    }

    /** The listed versions of a hospital's reports by their numbers, as far as they are this person's. */
    Uni<List<UUID>> listed(SqlConnection tx, UUID person, String source, List<String> numbers) {
        Buffer[] hashes = numbers.stream()
                .distinct()
                .map(number -> Buffer.buffer(sealer.hash(NUMBER, number)))
                .toArray(Buffer[]::new);
        return tx.preparedQuery(
                        "select r.id from report r join identity i on i.id = r.identity"
                                + " where r.source = $1 and r.number_hash = any($2) and r.listed and i.person = $3 order by r.id")
                .execute(Tuple.of(source, hashes, person))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getUUID(0))
                        .toList());
    }

    /** The id of the current version of a hospital's report; null when there is none. */
    Uni<UUID> current(SqlConnection tx, String source, String number) {
        return tx.preparedQuery("select id from report"
                        + " where source = $1 and number_hash = $2 and superseded_at is null and not withdrawn")
                .execute(Tuple.of(source, Buffer.buffer(sealer.hash(NUMBER, number))))
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getUUID(0) : null);
    }

    private Buffer sealed(String purpose, String text) {
        return text == null ? null : Buffer.buffer(sealer.seal(purpose, text));
    }

    static OffsetDateTime utc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
