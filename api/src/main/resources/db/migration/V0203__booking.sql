-- Booking, as the database sees it. Everything that changes a person's bookings takes the person's advisory lock first
-- (limits are then counted free of races, and no two changes of one person meet in the unique index), then the session,
-- then the slot.

create function lock_person(p_person uuid) returns void language sql as $$
    select pg_advisory_xact_lock(hashtextextended(p_person::text, 17));
$$;

-- What counts against a person: booked visits, and marks that were not erased; what is exempt is left out.
create function booking_history(p_person uuid, p_since date)
returns table (
    person_status text, birth_date date,
    visit_dates date[], departments uuid[], missed timestamptz[], late_cancels timestamptz[])
language sql stable as $$
    select o.status, o.birth_date, b.visit_dates, b.departments, b.missed, b.late_cancels
    from (
        select
            array_agg(a.visit_date order by a.id)
                filter (where a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED')) as visit_dates,
            array_agg(a.department_id order by a.id)
                filter (where a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED')) as departments,
            array_agg(a.missed_at)
                filter (where a.status = 'MISSED' and a.missed_at is not null and a.mark_erased_at is null) as missed,
            array_agg(a.cancelled_at) filter (where a.late_cancel and a.mark_erased_at is null) as late_cancels
        from appointment a
        where a.person = p_person and a.visit_date >= p_since and not a.exempt) b
    left join person o on o.id = p_person;
$$;

-- What a booking decides on: the slot, and what the person has booked, missed and cancelled late since p_since. The
-- select runs after the lock, in a snapshot of its own (read committed), so it sees what the last holder committed.
create function booking_facts(p_slot uuid, p_person uuid, p_since date)
returns table (
    session_id uuid, hospital text, hospital_name text, department_id uuid, department_code text, department_name text,
    practitioner_id uuid, practitioner_code text, practitioner_name text, practitioner_title text,
    visit_date date, half text, start_at timestamptz, end_at timestamptz, fee numeric, mode text,
    open boolean, release_at timestamptz, person_status text, birth_date date,
    visit_dates date[], departments uuid[], missed timestamptz[], late_cancels timestamptz[])
language plpgsql as $$
begin
    perform lock_person(p_person);
    return query
        select e.id, e.hospital, h.name, d.id, d.code, d.name, p.id, p.code, p.name, p.title, e.visit_date, e.half,
            s.start_at, s.end_at, e.fee, e.mode, s.status = 'OPEN' and e.status = 'OPEN', e.release_at,
            b.person_status, b.birth_date, b.visit_dates, b.departments, b.missed, b.late_cancels
        from slot s
        join clinic_session e on e.id = s.session_id
        join hospital h on h.id = e.hospital
        join department d on d.id = e.department_id
        join practitioner p on p.id = e.practitioner_id
        cross join lateral booking_history(p_person, p_since) b
        where s.id = p_slot and e.visit_date is not null;
end $$;

-- Gives back the units of a session's expired holds. The caller holds the session's row lock.
create function release_expired(p_session uuid, p_now timestamptz) returns int language plpgsql as $$
declare
    gone record;
    released int := 0;
begin
    for gone in
        delete from slot_hold h using (
            select x.id from slot_hold x where x.session_id = p_session and x.expires_at <= p_now
            order by x.slot_id for update skip locked) expired
        where h.id = expired.id
        returning h.slot_id, h.channel
    loop
        update slot set held = held - 1 where id = gone.slot_id;
        update clinic_session set taken[gone.channel] = taken[gone.channel] - 1, taken_total = taken_total - 1
        where id = p_session;
        released := released + 1;
    end loop;
    return released;
end $$;

-- Takes one unit of a slot for a channel; p_held says whether it is only held. False when there is none: nothing
-- changed then. Looks without a lock first, so that a sold-out slot refuses without queueing.
create function take_unit(p_slot uuid, p_channel int, p_now timestamptz, p_held boolean) returns boolean
language plpgsql as $$
declare
    v_session uuid;
    v_room boolean;
begin
    select e.id,
        (s.used + s.held + s.blocked < s.capacity and e.taken_total < e.bookable
            and (p_now >= e.flow_back_at or e.taken[p_channel] < e.quota[p_channel]))
        or exists (select 1 from slot_hold x where x.session_id = e.id and x.expires_at <= p_now)
    into v_session, v_room
    from slot s join clinic_session e on e.id = s.session_id where s.id = p_slot;
    if v_room is not true then
        return false;
    end if;
    perform 1 from clinic_session e where e.id = v_session for no key update;
    perform release_expired(v_session, p_now);
    update clinic_session e
    set taken[p_channel] = taken[p_channel] + 1, taken_total = taken_total + 1
    where e.id = v_session and e.status = 'OPEN' and e.taken_total < e.bookable
        and (p_now >= e.flow_back_at or e.taken[p_channel] < e.quota[p_channel])
        and exists (select 1 from slot s where s.id = p_slot and s.status = 'OPEN'
            and s.used + s.held + s.blocked < s.capacity);
    if not found then
        return false;
    end if;
    update slot s set used = s.used + (not p_held)::int, held = s.held + p_held::int where s.id = p_slot;
    return true;
end $$;

-- Books for a person whose lock booking_facts took and whose limits allow it. 'BOOKED', or why not.
create function book(
    p_id uuid, p_person uuid, p_slot uuid, p_channel int, p_hold uuid, p_holder text, p_now timestamptz,
    p_by_kind text, p_by text, p_exempt boolean)
returns text language plpgsql as $$
declare
    v_channel int := p_channel;
begin
    if p_hold is null then
        if not take_unit(p_slot, p_channel, p_now, false) then
            return 'SLOT_FULL';
        end if;
    else
        select h.channel into v_channel from slot_hold h
        where h.id = p_hold and h.slot_id = p_slot and h.holder = p_holder and h.expires_at > p_now for update;
        if not found then
            return 'HOLD_EXPIRED';
        end if;
        perform 1 from clinic_session e join slot s on s.session_id = e.id where s.id = p_slot for no key update of e;
        update slot set held = held - 1, used = used + 1 where id = p_slot;
        delete from slot_hold where id = p_hold;
    end if;
    insert into appointment (id, person, hospital, department_id, practitioner_id, session_id, slot_id, visit_date,
        start_at, end_at, fee, channel, exempt, status, hospital_status, booked_at, booked_by_kind, booked_by)
    select p_id, p_person, e.hospital, e.department_id, e.practitioner_id, e.id, s.id, e.visit_date,
        s.start_at, s.end_at, e.fee, v_channel, p_exempt, 'BOOKED', 'PENDING', p_now, p_by_kind, p_by
    from slot s join clinic_session e on e.id = s.session_id where s.id = p_slot;
    return 'BOOKED';
end $$;

-- Holds a unit; at most p_most holds at a time for one holder. 'HELD', or why not.
create function hold_unit(
    p_id uuid, p_slot uuid, p_channel int, p_holder text, p_most int, p_now timestamptz, p_expires timestamptz)
returns text language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(p_holder, 18));
    if (select count(*) from slot_hold where holder = p_holder and expires_at > p_now) >= p_most then
        return 'TOO_MANY_HOLDS';
    end if;
    if not take_unit(p_slot, p_channel, p_now, true) then
        return 'SLOT_FULL';
    end if;
    insert into slot_hold (id, slot_id, session_id, channel, holder, expires_at)
    select p_id, s.id, s.session_id, p_channel, p_holder, p_expires from slot s where s.id = p_slot;
    return 'HELD';
end $$;

-- Gives one booked unit back to the channel it came from.
create function give_back_unit(p_session uuid, p_slot uuid, p_channel int) returns void language plpgsql as $$
begin
    update clinic_session set taken[p_channel] = taken[p_channel] - 1, taken_total = taken_total - 1
    where id = p_session;
    update slot set used = used - 1 where id = p_slot;
end $$;

-- Blocks one booked unit: the hospital does not have it, so nobody else may book it either.
create function block_unit(p_session uuid, p_slot uuid) returns void language plpgsql as $$
begin
    perform 1 from clinic_session where id = p_session for no key update;
    update slot set used = used - 1, blocked = blocked + 1 where id = p_slot;
end $$;

-- Sweeps expired holds of all sessions; sessions in use are left to the next round. How many came back.
create function sweep_holds(p_now timestamptz) returns int language plpgsql as $$
declare
    v_session uuid;
    released int := 0;
begin
    for v_session in select distinct h.session_id from slot_hold h where h.expires_at <= p_now
    loop
        perform 1 from clinic_session e where e.id = v_session for no key update skip locked;
        if found then
            released := released + release_expired(v_session, p_now);
        end if;
    end loop;
    return released;
end $$;
