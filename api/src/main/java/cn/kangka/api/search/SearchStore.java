package cn.kangka.api.search;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.directory.Position;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.TextCursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** One statement: what answers the question, in order, and for each of the page its first free unit. */
@ApplicationScoped
class SearchStore {
    private static final String HOSPITALS = """
            select h.kind, 0 as kind_no, h.id, null::uuid as key_id, h.name, null as title, h.id as hospital,
                h.name as hospital_name, null::uuid as department, null as department_name, null as standard_code,
                null as specialty, null as campus, name_rank(h.name, $2) as rank,
                metres_between($5::float8, $6::float8, h.latitude, h.longitude) as distance
            from hospital h where h.known and h.terms @@ $1::text::tsquery
            """;
    private static final String DEPARTMENTS = """
            select 'DEPARTMENT', 1, d.id::text, d.id, d.name, null, h.id, h.name, d.id, d.name, d.standard_code,
                d.specialty, c.name,
                least(case when d.terms @@ $1::text::tsquery then name_rank(d.name, $2) end,
                    case when d.standard_code = any($3::text[]) then 2 when d.standard_code = any($4::text[]) then 6 end),
                metres_between($5::float8, $6::float8, coalesce(c.latitude, h.latitude), coalesce(c.longitude, h.longitude))
            from (select id from department where terms @@ $1::text::tsquery
                union select id from department where standard_code = any($3::text[] || $4::text[])) f
            join department d on d.id = f.id join hospital h on h.id = d.hospital
            left join campus c on c.id = d.campus_id and c.known
            where d.known and h.known
            """;
    private static final String DOCTORS = """
            select 'DOCTOR', 2, p.id::text, p.id, p.name, p.title, h.id, h.name, r.id, r.name, r.standard_code,
                r.specialty, r.campus,
                case when p.terms @@ $1::text::tsquery then name_rank(p.name, $2) else 5 end,
                metres_between($5::float8, $6::float8, coalesce(r.latitude, h.latitude), coalesce(r.longitude, h.longitude))
            from (select id from practitioner where terms @@ $1::text::tsquery
                union select practitioner_id from practitioner_role where terms @@ $1::text::tsquery) f
            join practitioner p on p.id = f.id join hospital h on h.id = p.hospital
            cross join lateral (
                select d.id, d.name, d.standard_code, o.specialty, c.name as campus, c.latitude, c.longitude
                from practitioner_role o join department d on d.id = o.department_id and d.known
                left join campus c on c.id = d.campus_id and c.known
                where o.practitioner_id = p.id order by (o.terms @@ $1::text::tsquery) desc, d.code limit 1) r
            where p.known and p.active and h.known
            """;
    private static final String FIRST_FREE = """
            (select s.id, s.start_at from clinic_session e
            cross join lateral (select b.id, b.start_at from slot b where b.session_id = e.id and b.status = 'OPEN'
                and b.start_at > $10 and b.used + b.held + b.blocked < b.capacity order by b.start_at limit 1) s
            where m.kind_no = %d and e.%s and e.visit_date >= $12 and e.practitioner_id is not null
                and e.department_id is not null and session_has_room(e, $11, $10)
            order by e.visit_date, s.start_at limit 1)
            """;
    static final String SEARCH = """
            select m.*, n.id as slot, n.start_at from (
                select * from (
                    select x.*, x.rank::text || x.kind_no::text
                        || lpad(coalesce(x.distance, 99999999)::text, 8, '0') as key
                    from (%s union all %s union all %s) x) k
                where (k.key, k.id) > ($7, $8) order by k.key, k.id limit $9) m
            left join lateral (%s union all %s union all %s) n on true
            order by m.key, m.id
            """.formatted(
                    HOSPITALS,
                    DEPARTMENTS,
                    DOCTORS,
                    FIRST_FREE.formatted(0, "hospital = m.hospital"),
                    FIRST_FREE.formatted(1, "department_id = m.key_id"),
                    FIRST_FREE.formatted(2, "practitioner_id = m.key_id"));

    private final Database database;
    private final ZoneId zone;

    SearchStore(Database database, Clock clock) {
        this.database = database;
        this.zone = clock.getZone();
    }

    /**
     * A question.
     *
     * @param near null when it is not said
     * @param from first day on which a unit is looked for
     */
    record Question(
            String text,
            Symptoms.Departments departments,
            Position near,
            LocalDate from,
            Channel channel,
            OffsetDateTime now) {}

    /** A hit with its place in the list. */
    record Found(SearchAnswer.Hit hit, TextCursor place) {}

    Uni<List<Found>> find(Question question, TextCursor after, int limit) {
        return database.pool()
                .preparedQuery(SEARCH)
                .execute(parameters(question, after, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(this::found)
                        .toList());
    }

    private static Tuple parameters(Question question, TextCursor after, int limit) {
        Position near = question.near();
        return Tuple.tuple(Arrays.asList(
                SearchWords.every(question.text()),
                question.text().strip().toLowerCase(Locale.ROOT),
                question.departments().first().toArray(String[]::new),
                question.departments().others().toArray(String[]::new),
                near == null ? null : near.latitude(),
                near == null ? null : near.longitude(),
                after.first(),
                after.second(),
                limit,
                question.now(),
                question.channel().number(),
                question.from()));
    }

    private Found found(Row row) {
        OffsetDateTime free = row.getOffsetDateTime("start_at");
        SearchAnswer.Hit hit = new SearchAnswer.Hit(
                row.getString("kind"),
                row.getString("id"),
                row.getString("name"),
                row.getString("title"),
                row.getString("hospital"),
                row.getString("hospital_name"),
                row.getUUID("department"),
                row.getString("department_name"),
                row.getString("standard_code"),
                row.getString("specialty"),
                row.getString("campus"),
                row.getInteger("distance"),
                free == null ? null : free.atZoneSameInstant(zone).toOffsetDateTime(),
                row.getUUID("slot"));
        return new Found(hit, new TextCursor(row.getString("key"), row.getString("id")));
    }
}
