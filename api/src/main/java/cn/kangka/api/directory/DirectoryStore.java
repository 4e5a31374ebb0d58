package cn.kangka.api.directory;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rules;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.TextCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Reads the directory; placeholders are never shown. */
@ApplicationScoped
class DirectoryStore {
    private static final String HOSPITAL = """
            select id, name, kind, aliases, level, address, telephone, latitude, longitude,
                hospital_policies(hospital.id) as policies,
                (select json_agg(json_build_object('code', c.code, 'name', c.name, 'address', c.address, 'telephone',
                    c.telephone, 'latitude', c.latitude, 'longitude', c.longitude) order by c.code)
                from campus c where c.hospital = hospital.id and c.known) as campuses
            from hospital
            """;
    private static final String HOSPITALS = HOSPITAL + """
            where known and id > $1 and ($2::text is null or kind = $2) order by id limit $3
            """;
    private static final String DEPARTMENTS = """
            select d.id, d.code, d.name, d.specialty, d.standard_code, c.name as campus, d.hospital, h.name as hospital_name
            from department d join hospital h on h.id = d.hospital left join campus c on c.id = d.campus_id and c.known
            where d.known and h.known and ($1::text is null or d.hospital = $1) and (d.hospital, d.code) > ($2, $3)
              and ($4::text is null or d.name like '%' || $4 || '%' or d.initials like $5 || '%')
            order by d.hospital, d.code limit $6
            """;
    private static final String DOCTORS = """
            select p.id, p.code, p.name, p.title, p.hospital, r.ids, r.names
            from practitioner p
            cross join lateral (
                select array_agg(d.id order by d.code) as ids, array_agg(d.name order by d.code) as names,
                    coalesce(bool_or(d.id::text = $4 or d.code = $4), false) as asked_for
                from (select distinct department_id from practitioner_role where practitioner_id = p.id) o
                join department d on d.id = o.department_id and d.known) r
            where p.known and p.active and p.hospital = $1 and p.code > $2
              and ($4::text is null or r.asked_for)
              and ($5::text is null or p.name like '%' || $5 || '%' or p.initials like $6 || '%')
            order by p.code limit $3
            """;

    private final Database database;
    private final Rules rules;
    private final Clock clock;

    DirectoryStore(Database database, Rules rules, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.clock = clock;
    }

    Uni<List<HospitalView>> hospitals(String kind, TextCursor after, int limit) {
        return list(HOSPITALS, Tuple.of(after.first(), kind, limit), this::hospital);
    }

    /** The hospital; null when there is none. */
    Uni<HospitalView> hospital(String id) {
        return list(HOSPITAL + "where known and id = $1", Tuple.of(id), this::hospital)
                .map(DirectoryStore::first);
    }

    Uni<List<DepartmentView>> departments(String hospital, String query, TextCursor after, int limit) {
        return list(
                DEPARTMENTS,
                Tuple.of(hospital, after.first(), after.second(), pattern(query), initials(query), limit),
                DirectoryStore::department);
    }

    Uni<List<DoctorView>> doctors(String hospital, String department, String query, TextCursor after, int limit) {
        return list(
                DOCTORS,
                Tuple.of(hospital, after.first(), limit, department, pattern(query), initials(query)),
                DirectoryStore::doctor);
    }

    /** The policies that hold for a hospital: its own row over the defaults of the region. */
    Uni<Policies> policies(SqlConnection tx, String hospital) {
        return tx.preparedQuery(HOSPITAL + "where id = $1")
                .execute(Tuple.of(hospital))
                .map(rows -> {
                    HospitalRules here = rules(rows.iterator().next());
                    return new Policies(SchedulePolicy.of(here, clock.getZone()), QuotaPolicy.of(here));
                });
    }

    private HospitalRules rules(Row row) {
        return rules.at(row.getString("id"), row.getString("kind").equals("CENTRE"), row.getJsonObject("policies"));
    }

    record Policies(SchedulePolicy schedule, QuotaPolicy quota) {}

    private HospitalView hospital(Row row) {
        return new HospitalView(
                row.getString("id"),
                row.getString("name"),
                row.getString("kind"),
                List.of(row.getArrayOfStrings("aliases")),
                row.getString("level"),
                row.getString("address"),
                row.getString("telephone"),
                Position.of(row.getDouble("latitude"), row.getDouble("longitude")),
                campuses(row.getJsonArray("campuses")),
                HospitalView.Booking.of(rules(row)));
    }

    private static List<CampusView> campuses(JsonArray rows) {
        return rows == null
                ? List.of()
                : rows.stream()
                        .map(JsonObject.class::cast)
                        .map(each -> new CampusView(
                                each.getString("code"),
                                each.getString("name"),
                                each.getString("address"),
                                each.getString("telephone"),
                                Position.of(each.getDouble("latitude"), each.getDouble("longitude"))))
                        .toList();
    }

    private static DepartmentView department(Row row) {
        return new DepartmentView(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("specialty"),
                row.getString("standard_code"),
                row.getString("campus"),
                row.getString("hospital"),
                row.getString("hospital_name"));
    }

    private static DoctorView doctor(Row row) {
        UUID[] ids = row.getArrayOfUUIDs("ids");
        String[] names = row.getArrayOfStrings("names");
        return new DoctorView(
                row.getUUID("id"),
                row.getString("code"),
                row.getString("name"),
                row.getString("title"),
                row.getString("hospital"),
                ids == null
                        ? List.of()
                        : IntStream.range(0, ids.length)
                                .mapToObj(i -> new DoctorView.Department(ids[i], names[i]))
                                .toList());
    }

    private <T> Uni<List<T>> list(String sql, Tuple parameters, Function<Row, T> reading) {
        return database.pool().preparedQuery(sql).execute(parameters).map(rows -> read(rows, reading));
    }

    private static <T> List<T> read(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }

    private static <T> T first(List<T> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static String initials(String query) {
        return query == null ? null : pattern(query.toUpperCase(Locale.ROOT));
    }

    /** A query in which %, _ and the backslash stand for themselves. */
    private static String pattern(String query) {
        return query == null || query.isBlank()
                ? null
                : String.join(
                        "",
                        Arrays.stream(query.strip().split(""))
                                .map(each -> "%_\\".contains(each) ? "\\" + each : each)
                                .toList());
    }
}
