package cn.kangka.api.directory;

import static cn.kangka.api.directory.DirectoryImportStore.ids;
import static cn.kangka.api.directory.DirectoryImportStore.placeholders;
import static cn.kangka.api.directory.DirectoryImportStore.run;
import static cn.kangka.api.directory.DirectoryImportStore.texts;

import cn.kangka.api.rush.SlotChanges;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Writes sessions and slots, and counts a session's units and quotas anew when its bands changed. */
@ApplicationScoped
class ScheduleImportStore {
    private static final String LOCK = """
            select id from clinic_session where hospital = $1 and code = any($2) order by id for no key update
            """;
    /**
     * Once a draw was opened the session is drawn, and afterwards booked from one pool, whatever the hospital says later. It keeps
     * the times and the hospital's rules that it was published with: people have planned, and booked, by them.
     */
    private static final String SESSIONS = """
            insert into clinic_session (id, hospital, code, role_id, department_id, practitioner_id, visit_date, half, fee,
                mode, modality, release_at, flow_back_at, cancel_until, rules)
            select u.id, $1, u.code, r.id, r.department_id, r.practitioner_id, u.visit_date, u.half, u.fen / 100.0, u.mode,
                u.modality, u.release_at, u.flow_back_at, u.cancel_until, o.rules
            from unnest($2::uuid[], $3::text[], $4::text[], $5::date[], $6::text[], $7::int[], $8::text[],
                    $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::text[])
                u(id, code, role, visit_date, half, fen, mode, release_at, flow_back_at, cancel_until, modality)
            cross join (select hospital_policies($1) as rules) o
            left join practitioner_role r on r.hospital = $1 and r.code = u.role
            on conflict (hospital, code) do update set role_id = excluded.role_id,
                department_id = excluded.department_id, practitioner_id = excluded.practitioner_id,
                visit_date = excluded.visit_date, half = excluded.half, fee = excluded.fee,
                mode = case when clinic_session.mode_kept then clinic_session.mode else excluded.mode end,
                modality = excluded.modality,
                release_at = case when clinic_session.visit_date = excluded.visit_date then clinic_session.release_at
                    else excluded.release_at end,
                flow_back_at = case when clinic_session.visit_date = excluded.visit_date then clinic_session.flow_back_at
                    else excluded.flow_back_at end,
                cancel_until = case when clinic_session.visit_date = excluded.visit_date then clinic_session.cancel_until
                    else excluded.cancel_until end,
                rules = case when clinic_session.visit_date = excluded.visit_date then clinic_session.rules
                    else excluded.rules end
            where (clinic_session.role_id, clinic_session.visit_date, clinic_session.half, clinic_session.fee,
                clinic_session.mode, clinic_session.modality)
                is distinct from (excluded.role_id, excluded.visit_date, excluded.half, excluded.fee, excluded.mode,
                excluded.modality)
            """;

    private static final String SESSION_PLACEHOLDERS = """
            insert into clinic_session (id, hospital, code)
            select u.id, $1, u.code from unnest($2::uuid[], $3::text[]) u(id, code)
            on conflict (hospital, code) do nothing
            """;
    /** A shrunken band keeps at least what is booked, held or blocked. */
    private static final String SLOTS = """
            insert into slot (id, hospital, code, session_id, start_at, end_at, status, capacity)
            select u.id, $1, u.code, e.id, u.start_at, u.end_at, u.status, u.units
            from unnest($2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::int[])
                u(id, code, session, start_at, end_at, status, units)
            join clinic_session e on e.hospital = $1 and e.code = u.session
            on conflict (hospital, code) do update set start_at = excluded.start_at, end_at = excluded.end_at,
                status = excluded.status,
                capacity = greatest(excluded.capacity, slot.used + slot.held + slot.blocked)
            where (slot.start_at, slot.end_at, slot.status, slot.capacity)
                is distinct from (excluded.start_at, excluded.end_at, excluded.status, excluded.capacity)
            """;
    /** What a role learnt is passed on to its sessions, and from them to their slots. */
    private static final String ROLES_TO_SESSIONS = """
            update clinic_session e set department_id = r.department_id, practitioner_id = r.practitioner_id
            from practitioner_role r
            where r.hospital = $1 and r.code = any($2) and e.role_id = r.id
              and (e.department_id, e.practitioner_id) is distinct from (r.department_id, r.practitioner_id)
            """;

    private static final String SESSIONS_TO_SLOTS = """
            update slot s set department_id = e.department_id, practitioner_id = e.practitioner_id
            from clinic_session e
            where e.hospital = $1 and s.session_id = e.id
              and (e.code = any($2) or e.role_id in (
                select r.id from practitioner_role r where r.hospital = $1 and r.code = any($3)))
              and (s.department_id, s.practitioner_id) is distinct from (e.department_id, e.practitioner_id)
            """;
    private static final String CLOSE = """
            update slot s set status = 'CLOSED' from clinic_session e
            where e.hospital = $1 and e.code = any($2) and s.session_id = e.id and s.status <> 'CLOSED'
            """;
    private static final String UNITS = """
            select e.id, coalesce(sum(case when s.status = 'OPEN' then s.capacity
                else s.used + s.held + s.blocked end), 0)::int as capacity
            from clinic_session e left join slot s on s.session_id = e.id
            where e.hospital = $1 and e.code = any($2) group by e.id
            """;
    /** What is sold stays sold, and of what is reserved only as much as nobody took yet. After a draw all channels share one pool. */
    private static final String RECOUNT = """
            update clinic_session e set capacity = u.capacity, bookable = u.bookable,
                quota = u.quota::int[], reserved = u.reserved
            from (
                select n.id, n.capacity, greatest(n.bookable, o.taken_total) as bookable,
                    case when exists (select 1 from draw d where d.id = o.id and d.status = 'DONE')
                        then array_fill(greatest(n.bookable, o.taken_total), array[5])::text else n.quota end as quota,
                    greatest(o.reserved_taken, least(n.reserved,
                        greatest(n.bookable, o.taken_total) - o.taken_total + o.reserved_taken)) as reserved
                from unnest($1::uuid[], $2::int[], $3::int[], $4::text[], $5::int[])
                    n(id, capacity, bookable, quota, reserved)
                join clinic_session o on o.id = n.id) u
            where e.id = u.id and (e.capacity, e.bookable, e.quota, e.reserved)
                is distinct from (u.capacity, u.bookable, u.quota::int[], u.reserved)
            """;

    private final SlotChanges changes;

    ScheduleImportStore(SlotChanges changes) {
        this.changes = changes;
    }

    /** Saves the bundle's sessions and slots under the hospital's policies. */
    Uni<Void> saveSchedule(
            SqlConnection tx, String source, DirectoryBundle said, SchedulePolicy schedule, QuotaPolicy quota) {
        List<String> fromSlots = DirectoryReader.pointedTo(said.slots(), DirectoryBundle.Slot::session);
        String[] touched = Stream.concat(
                        fromSlots.stream(), said.sessions().stream().map(DirectoryBundle.Session::code))
                .distinct()
                .toArray(String[]::new);
        String[] roles = texts(said.roles(), DirectoryBundle.Role::code);
        changes.changingAnywhere(tx);
        return tx.preparedQuery(LOCK)
                .execute(Tuple.of(source, touched))
                .chain(() -> run(tx, SESSIONS, sessions(source, said.sessions(), schedule), said.sessions()))
                .chain(() -> run(tx, SESSION_PLACEHOLDERS, placeholders(source, fromSlots), fromSlots))
                .chain(() -> run(tx, SLOTS, slots(source, said.slots()), said.slots()))
                .chain(() -> run(tx, ROLES_TO_SESSIONS, Tuple.of(source, roles), said.roles()))
                .chain(() -> tx.preparedQuery(SESSIONS_TO_SLOTS).execute(Tuple.of(source, touched, roles)))
                .chain(() -> fromSlots.isEmpty() ? Uni.createFrom().voidItem() : recount(tx, source, fromSlots, quota));
    }

    /** Takes sessions away from booking: what is booked in them stays. */
    Uni<Void> close(SqlConnection tx, String source, List<String> sessions, QuotaPolicy quota) {
        Tuple codes = Tuple.of(source, sessions.toArray(String[]::new));
        changes.changingAnywhere(tx);
        return tx.preparedQuery(LOCK)
                .execute(codes)
                .chain(() -> tx.preparedQuery(CLOSE).execute(codes))
                .chain(() -> recount(tx, source, sessions, quota));
    }

    private static Uni<Void> recount(SqlConnection tx, String source, List<String> sessions, QuotaPolicy quota) {
        return tx.preparedQuery(UNITS)
                .execute(Tuple.of(source, sessions.toArray(String[]::new)))
                .chain(units -> tx.preparedQuery(RECOUNT).execute(quotas(units, quota)))
                .replaceWithVoid();
    }

    private static Tuple quotas(RowSet<Row> units, QuotaPolicy quota) {
        List<Row> rows = StreamSupport.stream(units.spliterator(), false).toList();
        Integer[] capacities = numbers(rows, row -> row.getInteger("capacity"));
        Integer[] bookable = Arrays.stream(capacities).map(quota::bookable).toArray(Integer[]::new);
        return Tuple.of(
                rows.stream().map(row -> row.getUUID("id")).toArray(UUID[]::new),
                capacities,
                bookable,
                Arrays.stream(bookable).map(each -> array(quota.quotas(each))).toArray(String[]::new),
                Arrays.stream(bookable).map(quota::reserved).toArray(Integer[]::new));
    }

    private static String array(int[] numbers) {
        return IntStream.of(numbers).mapToObj(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private static Tuple sessions(String source, List<DirectoryBundle.Session> sessions, SchedulePolicy schedule) {
        LocalDate[] dates = sessions.stream()
                .map(each -> each.start() == null
                        ? null
                        : schedule.local(each.start()).toLocalDate())
                .toArray(LocalDate[]::new);
        return Tuple.tuple(Arrays.asList(
                source,
                ids(sessions.size()),
                texts(sessions, DirectoryBundle.Session::code),
                texts(sessions, DirectoryBundle.Session::role),
                dates,
                texts(sessions, each -> each.start() == null ? null : schedule.half(each.start())),
                numbers(sessions, each -> each.fee().movePointRight(2).intValue()),
                texts(sessions, each -> each.draw() ? "DRAW" : "BOOK"),
                times(dates, schedule::releaseAt),
                times(dates, schedule::flowBackAt),
                times(dates, schedule::cancelUntil),
                texts(sessions, each -> each.remote() ? "REMOTE" : "IN_PERSON")));
    }

    private static Tuple slots(String source, List<DirectoryBundle.Slot> slots) {
        return Tuple.tuple(Arrays.asList(
                source,
                ids(slots.size()),
                texts(slots, DirectoryBundle.Slot::code),
                texts(slots, DirectoryBundle.Slot::session),
                slots.stream().map(DirectoryBundle.Slot::start).toArray(OffsetDateTime[]::new),
                slots.stream().map(DirectoryBundle.Slot::end).toArray(OffsetDateTime[]::new),
                texts(slots, each -> each.open() ? "OPEN" : "CLOSED"),
                numbers(slots, DirectoryBundle.Slot::units)));
    }

    private static OffsetDateTime[] times(LocalDate[] dates, Function<LocalDate, OffsetDateTime> time) {
        return Arrays.stream(dates)
                .map(date -> Objects.isNull(date) ? null : time.apply(date))
                .toArray(OffsetDateTime[]::new);
    }

    private static <T> Integer[] numbers(List<T> rows, Function<T, Integer> field) {
        return rows.stream().map(field).toArray(Integer[]::new);
    }
}
