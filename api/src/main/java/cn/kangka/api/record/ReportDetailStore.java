package cn.kangka.api.record;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.sealing.Sealer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** One report with everything that belongs to it. */
@ApplicationScoped
class ReportDetailStore {
    private static final String ONE = """
            select r.id, r.source, r.hospital, r.title, r.category, r.issued_at, r.effective_at, r.abnormal, r.version,
                r.conclusion, i.person as owner, r.released_at is not null and not r.withdrawn as readable,
                case when r.superseded_at is null then r.status else 'SUPERSEDED' end as status
            from report r left join identity i on i.id = r.identity where r.id = $1
            """;
    private static final String OBSERVATIONS = """
            select position, loinc, coalesce(loinc, code) as code, name, comparator, value, unit, value_text, flag, low,
                high, range_text, at
            from observation where report = $1 order by position
            """;
    /** Earlier values of the same code and unit, of every identity of the person, in reports that are shown. */
    private static final String TRENDS = """
            select o.position, earlier.at, earlier.value, earlier.hospital
            from observation o cross join lateral (
                select e.at, e.value, r.hospital
                from identity i join observation e on e.identity = i.id join report r on r.id = e.report
                where i.person = $2 and e.loinc = o.loinc and e.unit is not distinct from o.unit and e.value is not null
                  and e.comparator is null and e.at < o.at and r.listed
                order by e.at desc limit $3) earlier
            where o.report = $1 and o.loinc is not null and o.value is not null and o.comparator is null
            order by o.position, earlier.at desc
            """;

    private static final String VERSIONS = """
            select v.id, v.version, v.issued_at, v.listed
            from report r join report v on v.source = r.source and v.number_hash = r.number_hash and v.id <> r.id
                and v.identity = r.identity
            where r.id = $1 and v.released_at is not null and not v.withdrawn and (v.listed or v.version < r.version)
            order by v.version desc
            """;

    private final Database database;
    private final Sealer sealer;

    ReportDetailStore(Database database, Sealer sealer) {
        this.database = database;
        this.sealer = sealer;
    }

    /** A report, whose it is now (null when the index has not told), and whether it may be read at all. */
    record Found(Report report, UUID owner, boolean readable) {}

    record Report(
            UUID id,
            ReportItem.HospitalRef hospital,
            String title,
            String category,
            String status,
            OffsetDateTime issuedAt,
            OffsetDateTime effectiveAt,
            int abnormal,
            int version,
            String conclusion) {}

    record Observation(
            int position,
            String loinc,
            String code,
            String name,
            String comparator,
            BigDecimal value,
            String unit,
            String text,
            String flag,
            ReportView.ReferenceRange range,
            OffsetDateTime at) {}

    record OtherVersion(UUID id, int version, OffsetDateTime issuedAt, boolean listed) {}

    Uni<Found> find(UUID id) {
        return database.pool().preparedQuery(ONE).execute(Tuple.of(id)).map(rows -> {
            for (Row row : rows) {
                return new Found(report(row), row.getUUID("owner"), row.getBoolean("readable"));
            }
            return null;
        });
    }

    private Report report(Row row) {
        return new Report(
                row.getUUID("id"),
                new ReportItem.HospitalRef(row.getString("source"), row.getString("hospital")),
                row.getString("title"),
                row.getString("category"),
                row.getString("status"),
                ReportReadStore.local(row.getOffsetDateTime("issued_at")),
                ReportReadStore.local(row.getOffsetDateTime("effective_at")),
                row.getInteger("abnormal"),
                row.getInteger("version"),
                open(ReportStore.CONCLUSION, row.getBuffer("conclusion")));
    }

    Uni<List<Observation>> observations(UUID report) {
        return database.pool()
                .preparedQuery(OBSERVATIONS)
                .execute(Tuple.of(report))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::observation)
                        .toList());
    }

    private Observation observation(Row row) {
        BigDecimal low = row.getBigDecimal("low");
        BigDecimal high = row.getBigDecimal("high");
        String range = row.getString("range_text");
        boolean ranged = low != null || high != null || range != null;
        return new Observation(
                row.getInteger("position"),
                row.getString("loinc"),
                row.getString("code"),
                row.getString("name"),
                row.getString("comparator"),
                row.getBigDecimal("value"),
                row.getString("unit"),
                open(ReportStore.OBSERVATION, row.getBuffer("value_text")),
                row.getString("flag"),
                ranged ? new ReportView.ReferenceRange(low, high, range) : null,
                ReportReadStore.local(row.getOffsetDateTime("at")));
    }

    /** By position, earlier values, oldest first. */
    Uni<Map<Integer, List<ReportView.TrendPoint>>> trends(UUID report, UUID person, int points) {
        return database.pool()
                .preparedQuery(TRENDS)
                .execute(Tuple.of(report, person, points))
                .map(rows -> {
                    Map<Integer, Deque<ReportView.TrendPoint>> newestFirst = new HashMap<>();
                    for (Row row : rows) {
                        newestFirst
                                .computeIfAbsent(row.getInteger("position"), ignored -> new ArrayDeque<>())
                                .addFirst(new ReportView.TrendPoint(
                                        ReportReadStore.local(row.getOffsetDateTime("at")),
                                        row.getBigDecimal("value"),
                                        row.getString("hospital")));
                    }
                    Map<Integer, List<ReportView.TrendPoint>> trends = new HashMap<>();
                    newestFirst.forEach((position, each) -> trends.put(position, new ArrayList<>(each)));
                    return trends;
                });
    }

    /** Readable versions of the same report: earlier ones and the newest, newest first. */
    Uni<List<OtherVersion>> otherVersions(UUID report) {
        return database.pool().preparedQuery(VERSIONS).execute(Tuple.of(report)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> new OtherVersion(
                        row.getUUID("id"),
                        row.getInteger("version"),
                        ReportReadStore.local(row.getOffsetDateTime("issued_at")),
                        row.getBoolean("listed")))
                .toList());
    }

    Uni<Void> markRead(UUID report) {
        return database.pool()
                .preparedQuery("update report set read_at = now() where id = $1 and read_at is null")
                .execute(Tuple.of(report))
                .replaceWithVoid();
    }

    private String open(String purpose, Buffer envelope) {
        return envelope == null ? null : sealer.open(purpose, envelope.getBytes());
    }
}
