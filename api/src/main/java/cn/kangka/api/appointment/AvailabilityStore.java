package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import cn.kangka.api.policy.Rule;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * One statement tells what is free, and what may come back in a moment; holds that expired and are not swept yet count as free,
 * unless somebody waits for the session: then they are theirs.
 */
@ApplicationScoped
class AvailabilityStore {
    private static final String SLOTS = """
            select s.id, e.id as session, s.hospital, h.name as hospital_name, d.id as department, d.name as department_name,
                p.id as doctor, p.name as doctor_name, p.title as doctor_title, s.start_at, s.end_at, e.fee, e.mode, e.modality,
                case when e.mode_kept then (select d.id from draw d where d.id = e.id) end as draw,
                greatest(0, case when e.mode = 'DRAW' or e.waiting > 0 and $3 >= e.flow_back_at then 0 else least(
                    s.capacity - s.used - s.held - s.blocked
                        + case when s.held = 0 then 0 else (select count(*) from slot_hold x
                            where x.slot_id = s.id and x.session_id = e.id and x.expires_at <= $3 and e.waiting = 0) end,
                    case when $3 >= e.flow_back_at then e.bookable - e.taken_total + gone.units
                        else case when e.release_at > $3 then 0 else greatest(0, least(
                                e.bookable - e.reserved - e.taken_total + e.reserved_taken + gone.units - gone.reserved,
                                e.quota[$4] - e.taken[$4] + gone.of_channel)) end
                            + case when $7 then e.reserved - e.reserved_taken + gone.reserved else 0 end end) end)::int as free,
                case when s.held = 0 or e.mode = 'DRAW' or e.waiting > 0 then 0 else (select count(*) from slot_hold x
                    where x.slot_id = s.id and x.session_id = e.id and x.expires_at > $3 and x.holder not like 'PERSON:%'
                      and (x.channel = $4 and not x.reserved or $3 >= e.flow_back_at)) end::int as held
            from slot s
            join clinic_session e on e.id = s.session_id
            join hospital h on h.id = s.hospital
            join department d on d.id = s.department_id
            join practitioner p on p.id = s.practitioner_id
            cross join lateral (
                select count(*) as units, count(*) filter (where x.reserved) as reserved,
                    count(*) filter (where x.channel = $4 and not x.reserved) as of_channel
                from slot_hold x where x.session_id = e.id and x.expires_at <= $3 and e.waiting = 0) gone
            where s.start_at > $3 and s.start_at >= $1 and s.start_at < $2
              and s.status = 'OPEN' and e.status = 'OPEN'
              and (e.release_at <= $3 or $7 and $3 < e.flow_back_at and e.reserved > e.reserved_taken)
              and (s.start_at, s.id) > ($5, $6)
            """;
    private static final String TO_BE_TAKEN = """
            select s.id from slot s join clinic_session e on e.id = s.session_id
            where s.id = any($1) and can_visit($2, e, $3, $4, $5, $6)
            """;
    private static final String PAGE = " order by s.start_at, s.id limit $8";
    private static final UUID NO_ID = new UUID(0, 0);

    private final Database database;
    private final ZoneId zone;

    AvailabilityStore(Database database, Clock clock) {
        this.database = database;
        this.zone = clock.getZone();
    }

    /**
     * What is asked for.
     *
     * @param from first instant, {@code to} the one after the last
     * @param department id or code; null for all
     * @param doctor null for all
     */
    record Question(String hospital, String department, UUID doctor, OffsetDateTime from, OffsetDateTime to) {}

    /**
     * Through whose eyes.
     *
     * @param channel whose quota
     * @param reserved also what is kept for follow-ups and referrals
     */
    record Looking(Channel channel, boolean reserved) {}

    Uni<List<SlotView>> find(Question question, Looking looking, OffsetDateTime now, Cursor after, int limit) {
        UUID department = id(question.department());
        String sql = SLOTS
                + (question.hospital() == null ? " and $9::text is null" : " and s.hospital = $9")
                + (department != null
                        ? " and s.department_id = $10 and $11::text is null"
                        : question.department() == null
                                ? " and $10::uuid is null and $11::text is null"
                                : " and $10::uuid is null and s.department_id ="
                                        + " (select o.id from department o where o.hospital = $9 and o.code = $11)")
                + (question.doctor() == null ? " and $12::uuid is null" : " and s.practitioner_id = $12")
                + PAGE;
        return database.pool()
                .preparedQuery(sql)
                .execute(Tuple.tuple(Arrays.asList(
                        question.from(),
                        question.to(),
                        now,
                        looking.channel().number(),
                        after == null ? question.from() : after.at().atOffset(ZoneOffset.UTC),
                        after == null ? NO_ID : after.id(),
                        looking.reserved(),
                        limit,
                        question.hospital(),
                        department,
                        department == null ? question.department() : null,
                        question.doctor())))
                .map(rows -> Rows.all(rows, this::slot));
    }

    /** One slot; null when it cannot be booked at all. */
    Uni<SlotView> one(UUID slot, Channel channel, OffsetDateTime now) {
        return database.pool()
                .preparedQuery(SLOTS + " and s.id = $8")
                .execute(Tuple.of(now, now.plusYears(2), now, channel.number(), now)
                        .addUUID(NO_ID)
                        .addBoolean(false)
                        .addUUID(slot))
                .map(rows -> Rows.first(rows, this::slot));
    }

    /** Which of these slots somebody could take instead of a booking, as far as it depends on what else they have that day. */
    Uni<Set<UUID>> toBeTaken(List<UUID> slots, Appointment instead) {
        boolean moves = instead.status() == AppointmentStatus.BOOKED;
        return database.pool()
                .preparedQuery(TO_BE_TAKEN)
                .execute(Tuple.of(
                        slots.toArray(UUID[]::new),
                        instead.person(),
                        moves && instead.kind().exempt(),
                        moves ? instead.id() : null,
                        instead.rules().get(Rule.PER_DEPARTMENT_DAY),
                        instead.rules().get(Rule.PER_VISIT_DAY)))
                .map(rows -> Set.copyOf(Rows.all(rows, row -> row.getUUID(0))));
    }

    /** Where a slot is; null when there is none, or nobody knows yet whose it is. */
    Uni<Place> place(UUID slot) {
        return database.pool()
                .preparedQuery("select hospital, department_id from slot where id = $1 and department_id is not null")
                .execute(Tuple.of(slot))
                .map(rows -> Rows.first(rows, row -> new Place(row.getString(0), row.getUUID(1))));
    }

    record Place(String hospital, UUID department) {}

    /** Whether anybody could get a unit of the slot through that channel; true when there is no such slot. */
    Uni<Boolean> hasRoom(UUID slot, Channel channel, OffsetDateTime now) {
        return database.pool()
                .preparedQuery("select coalesce(slot_has_room($1, $2, $3), true)")
                .execute(Tuple.of(slot, channel.number(), now))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    private SlotView slot(Row row) {
        return new SlotView(
                row.getUUID("id"),
                row.getUUID("session"),
                row.getString("hospital"),
                row.getString("hospital_name"),
                row.getUUID("department"),
                row.getString("department_name"),
                row.getUUID("doctor"),
                row.getString("doctor_name"),
                row.getString("doctor_title"),
                Rows.time(row, "start_at", zone),
                Rows.time(row, "end_at", zone),
                row.getInteger("free"),
                row.getInteger("held") == 0 ? null : row.getInteger("held"),
                row.getBigDecimal("fee"),
                row.getString("mode"),
                row.getUUID("draw"),
                null,
                Modality.valueOf(row.getString("modality")),
                null);
    }

    /** The id that a text is; null when it is a hospital's own code. */
    static UUID id(String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return null; // A hospital's own code.
        }
    }
}
