-- Stops of clinics (停诊): whose bookings were released, what is kept for them instead, and whether they know.
create table clinic_stop (
    id uuid not null,
    hospital text not null,
    department_id uuid,
    practitioner_id uuid,
    from_date date not null,
    to_date date not null,
    half text,
    reason text not null,
    by_kind text not null,
    by_id text not null,
    at timestamptz not null,
    sessions int not null,
    bookings int not null,
    constraint pk_clinic_stop primary key (id),
    constraint fk_clinic_stop_hospital foreign key (hospital) references hospital (id),
    constraint ck_clinic_stop_dates check (from_date <= to_date),
    constraint ck_clinic_stop_half check (half in ('AM', 'PM'))
);
create index ix_clinic_stop_at on clinic_stop (at desc, id desc);
create index ix_clinic_stop_hospital on clinic_stop (hospital, at desc, id desc);

create table stopped_booking (
    stop_id uuid not null,
    place int not null,
    appointment uuid not null,
    person uuid not null,
    account uuid,
    offered_at timestamptz,
    slot_id uuid,
    hold_id uuid,
    offer_expires_at timestamptz,
    informed_at timestamptz,
    informed_by text,
    constraint pk_stopped_booking primary key (stop_id, place),
    constraint uq_stopped_booking_appointment unique (appointment),
    constraint fk_stopped_booking_stop foreign key (stop_id) references clinic_stop (id),
    constraint fk_stopped_booking_slot foreign key (slot_id) references slot (id)
);
comment on column stopped_booking.place is 'in order of booking; so alternatives are offered';
comment on column stopped_booking.account is 'who was told at once; null for people whom somebody must ring';
comment on column stopped_booking.offered_at is 'when an alternative was looked for; slot_id is null when there was none';
comment on column stopped_booking.informed_at is 'when they read it, or when an agent told them';
create index ix_stopped_booking_unoffered on stopped_booking (stop_id, place) where offered_at is null;
create index ix_stopped_booking_uninformed on stopped_booking (stop_id, place) where informed_at is null;
create index ix_stopped_booking_person on stopped_booking (person) where hold_id is not null;

-- Stops sessions whose locks, and whose bookings' persons' locks, the caller holds: no unit stays booked, held or waited
-- for. The bookings that were released, in order of booking.
create function stop_sessions(p_stop uuid, p_sessions uuid[], p_now timestamptz) returns setof uuid language plpgsql as $$
declare
    w record;
begin
    update appointment set status = 'COMPLETED'
    where session_id = any(p_sessions) and status = 'CHECKED_IN' and end_at <= p_now;
    insert into stopped_booking (stop_id, place, appointment, person, account)
    select p_stop, row_number() over (order by a.booked_at, a.id), a.id, a.person,
        (select c.id from account c where c.person = a.person and c.status = 'ACTIVE' and c.level >= 1 limit 1)
    from appointment a where a.session_id = any(p_sessions) and a.status in ('BOOKED', 'CHECKED_IN');
    update appointment set status = 'STOPPED', version = version + 1
    where session_id = any(p_sessions) and status in ('BOOKED', 'CHECKED_IN');
    update clinic_session set status = 'STOPPED' where id = any(p_sessions);
    for w in select id from waiting_entry where session_id = any(p_sessions) and status in ('WAITING', 'OFFERED')
        order by session_id, id
    loop
        perform end_waiting(w.id, 'STOPPED', p_now, null);
    end loop;
    delete from slot_hold where session_id = any(p_sessions);
    update slot s set held = 0, used = (select count(*) from appointment a where a.slot_id = s.id
        and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED'))
    where s.session_id = any(p_sessions);
    update clinic_session e set taken = t.taken,
        taken_total = t.taken[1] + t.taken[2] + t.taken[3] + t.taken[4] + t.taken[5]
    from (
        select o.id, array(
            select count(a.id)::int from generate_series(1, 5) c left join appointment a on a.session_id = o.id
                and a.channel = c and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED', 'REFUSED')
            group by c order by c) as taken
        from clinic_session o where o.id = any(p_sessions)) t
    where e.id = t.id;
    return query select b.appointment from stopped_booking b where b.stop_id = p_stop order by b.place;
end $$;

-- Keeps an alternative for the next stopped booking of a stop: a doctor of the same title in the same department, as near
-- in time as there is. One at a time, so that who booked first has the first choice. False when nobody is left to offer
-- anything.
create function offer_alternative(p_now timestamptz, p_closes time, p_zone text, p_for interval, p_short interval)
returns boolean language plpgsql as $$
declare
    b record;
    v_slot record;
    v_hold uuid;
    v_until timestamptz;
    v_clears timestamptz;
begin
    perform pg_advisory_xact_lock(hashtextextended('offer_alternative', 19));
    select x.stop_id, x.place, x.person, a.channel, a.hospital, a.department_id, a.session_id, a.start_at, p.title into b
    from stopped_booking x join appointment a on a.id = x.appointment join practitioner p on p.id = a.practitioner_id
    where x.offered_at is null order by x.stop_id, x.place limit 1 for update of x;
    if not found then
        return false;
    end if;
    for v_slot in
        select s.id, s.session_id, s.start_at, e.visit_date from slot s
        join clinic_session e on e.id = s.session_id join practitioner p on p.id = e.practitioner_id
        where s.department_id = b.department_id and s.hospital = b.hospital and s.start_at > p_now
            and p.title is not distinct from b.title and s.status = 'OPEN' and e.status = 'OPEN' and e.mode = 'BOOK'
            and e.release_at <= p_now and e.waiting = 0 and s.used + s.held + s.blocked < s.capacity
            and e.taken_total < e.bookable and (p_now >= e.flow_back_at or e.taken[b.channel] < e.quota[b.channel])
        order by abs(extract(epoch from s.start_at - b.start_at)), s.id limit 20
    loop
        if take_unit(v_slot.id, b.channel, p_now, true) then
            v_hold := gen_random_uuid();
            v_clears := ((v_slot.visit_date - 1) + p_closes) at time zone p_zone;
            v_until := offer_until(p_now, v_slot.start_at, v_clears, p_for, p_short);
            insert into slot_hold (id, slot_id, session_id, channel, holder, expires_at)
            values (v_hold, v_slot.id, v_slot.session_id, b.channel, 'PERSON:' || b.person, v_until);
            update stopped_booking set offered_at = p_now, slot_id = v_slot.id, hold_id = v_hold, offer_expires_at = v_until
            where stop_id = b.stop_id and place = b.place;
            return true;
        end if;
    end loop;
    update stopped_booking set offered_at = p_now where stop_id = b.stop_id and place = b.place;
    return true;
end $$;

-- As before; also what is kept for somebody whose clinic was stopped.
create or replace function offered_hold(p_person uuid, p_slot uuid, p_now timestamptz) returns uuid language sql stable as $$
    select hold_id from waiting_entry
    where person = p_person and slot_id = p_slot and status = 'OFFERED' and offer_expires_at > p_now
    union all
    select b.hold_id from stopped_booking b join slot_hold h on h.id = b.hold_id
    where b.person = p_person and b.slot_id = p_slot and b.hold_id is not null and h.expires_at > p_now
    limit 1;
$$;
