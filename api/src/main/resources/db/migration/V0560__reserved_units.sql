-- Reserved units: a share of every session's units on pre-booking is kept for follow-ups and referrals (预留号) until quotas
-- flow back. One more bound beside those of V0201, and a check constraint like them (docs/adr/0026):
--   taken_total = sum(taken) + reserved_taken, reserved_taken <= reserved, and what everybody else took leaves them alone.
alter table hospital add column referral_percent int;
alter table hospital add constraint ck_hospital_referral_percent check (referral_percent between 0 and 100);
comment on column hospital.referral_percent is 'of the units on pre-booking, kept for follow-ups and referrals; null: the region''s default for hospitals, none for centres';

alter table clinic_session add column reserved int not null default 0;
alter table clinic_session add column reserved_taken int not null default 0;
comment on column clinic_session.reserved is 'of bookable, kept for follow-ups and referrals; what is not taken is given up at flow_back_at, by whoever comes first';
comment on column clinic_session.reserved_taken is 'of these, booked or blocked; not in taken';
alter table clinic_session drop constraint ck_clinic_session_taken_total;
alter table clinic_session add constraint ck_clinic_session_taken_total
    check (taken_total = taken[1] + taken[2] + taken[3] + taken[4] + taken[5] + reserved_taken);
alter table clinic_session add constraint ck_clinic_session_reserved
    check (0 <= reserved_taken and reserved_taken <= reserved and taken_total - reserved_taken <= bookable - reserved);

alter table appointment add column kind text not null default 'NORMAL';
alter table appointment add column reserved boolean not null default false;
alter table appointment add constraint ck_appointment_kind check (kind in ('NORMAL', 'FOLLOW_UP', 'REFERRAL'));
alter table appointment add constraint ck_appointment_exempt check (exempt or kind = 'NORMAL');
comment on column appointment.kind is 'what FHIR calls appointmentType: a follow-up and a referral are made by a doctor';
comment on column appointment.reserved is 'its unit is one of the session''s reserved ones';
create index ix_appointment_seen on appointment (person, hospital, visit_date) where status in ('CHECKED_IN', 'COMPLETED');

-- Whether a session has a unit for a channel, leaving alone what is reserved.
create function session_room(e clinic_session, p_channel int, p_now timestamptz) returns boolean
language sql immutable parallel safe as $$
    select case when p_now >= e.flow_back_at then e.taken_total < e.bookable
        else e.taken[p_channel] < e.quota[p_channel] and e.taken_total - e.reserved_taken < e.bookable - e.reserved end;
$$;

-- Gives up what is reserved and not taken, when its time has come. The caller holds the session's row lock.
create function release_reserved(p_session uuid, p_now timestamptz) returns void language sql as $$
    update clinic_session set reserved = reserved_taken
    where id = p_session and reserved > reserved_taken and p_now >= flow_back_at;
$$;

-- As before, but what is reserved is not offered.
create or replace function offer_waiting(p_session uuid, p_now timestamptz, p_freed uuid) returns void language plpgsql as $$
declare
    e clinic_session%rowtype;
    w waiting_entry%rowtype;
    v_slot uuid;
    v_start timestamptz;
    v_hold uuid;
    v_until timestamptz;
    v_freed uuid := p_freed;
begin
    perform release_reserved(p_session, p_now);
    for w in select * from waiting_entry where session_id = p_session and status = 'WAITING' order by entered_at, id
    loop
        exit when p_now >= w.clears_at;
        select * into e from clinic_session where id = p_session;
        exit when e.status <> 'OPEN' or e.release_at > p_now
            or e.taken_total - e.reserved_taken >= e.bookable - e.reserved;
        select s.id, s.start_at into v_slot, v_start from slot s
        where s.session_id = p_session and s.status = 'OPEN' and s.used + s.held + s.blocked < s.capacity
            and s.start_at > p_now
        order by s.start_at, s.id limit 1;
        exit when not found;
        continue when not session_room(e, w.channel, p_now);
        v_hold := gen_random_uuid();
        v_until := offer_until(p_now, v_start, w.clears_at, w.offer_for, w.short_notice);
        update clinic_session set taken[w.channel] = taken[w.channel] + 1, taken_total = taken_total + 1,
            waiting = waiting - 1
        where id = p_session;
        update slot set held = held + 1 where id = v_slot;
        insert into slot_hold (id, slot_id, session_id, channel, holder, expires_at, freed_by)
        values (v_hold, v_slot, p_session, w.channel, 'PERSON:' || w.person, v_until, v_freed);
        update waiting_entry set status = 'OFFERED', slot_id = v_slot, hold_id = v_hold, offered_at = p_now,
            offer_expires_at = v_until, forgives = v_freed
        where id = w.id;
        v_freed := null;
    end loop;
end $$;

-- As before, but what is reserved is left alone until it is given up.
create or replace function take_unit(p_slot uuid, p_channel int, p_now timestamptz, p_held boolean) returns boolean
language plpgsql as $$
declare
    v_session uuid;
    v_room boolean;
begin
    select e.id, (s.used + s.held + s.blocked < s.capacity and session_room(e, p_channel, p_now))
        or exists (select 1 from slot_hold x where x.session_id = e.id and x.expires_at <= p_now)
    into v_session, v_room
    from slot s join clinic_session e on e.id = s.session_id where s.id = p_slot;
    if v_room is not true then
        return false;
    end if;
    perform 1 from clinic_session e where e.id = v_session for no key update;
    perform release_reserved(v_session, p_now);
    perform release_expired(v_session, p_now);
    if (select waiting from clinic_session where id = v_session) > 0 then
        perform offer_waiting(v_session, p_now, null);
    end if;
    update clinic_session e
    set taken[p_channel] = taken[p_channel] + 1, taken_total = taken_total + 1
    where e.id = v_session and e.status = 'OPEN' and session_room(e, p_channel, p_now)
        and exists (select 1 from slot s where s.id = p_slot and s.status = 'OPEN'
            and s.used + s.held + s.blocked < s.capacity);
    if not found then
        return false;
    end if;
    update slot s set used = s.used + (not p_held)::int, held = s.held + p_held::int where s.id = p_slot;
    return true;
end $$;

-- Takes one of the reserved units; false when none is left, or when they were given up.
create function take_reserved(p_slot uuid, p_now timestamptz) returns boolean language plpgsql as $$
declare
    v_session uuid;
begin
    select e.id into v_session from slot s join clinic_session e on e.id = s.session_id
    where s.id = p_slot and e.reserved_taken < e.reserved and p_now < e.flow_back_at;
    if not found then
        return false;
    end if;
    perform 1 from clinic_session e where e.id = v_session for no key update;
    perform release_expired(v_session, p_now);
    update clinic_session e set reserved_taken = reserved_taken + 1, taken_total = taken_total + 1
    where e.id = v_session and e.status = 'OPEN' and e.reserved_taken < e.reserved and p_now < e.flow_back_at
        and exists (select 1 from slot s where s.id = p_slot and s.status = 'OPEN'
            and s.used + s.held + s.blocked < s.capacity);
    if not found then
        return false;
    end if;
    update slot set used = used + 1 where id = p_slot;
    return true;
end $$;

-- As before, for a kind of visit: follow-ups and referrals take a reserved unit first, before the release only such a one.
create function book(
    p_id uuid, p_person uuid, p_slot uuid, p_channel int, p_hold uuid, p_holder text, p_now timestamptz,
    p_by_kind text, p_by text, p_kind text)
returns text language plpgsql as $$
declare
    v_channel int := p_channel;
    v_hold uuid := coalesce(p_hold, offered_hold(p_person, p_slot, p_now));
    v_session uuid;
    v_released boolean;
    v_reserved boolean := false;
    v_waiting waiting_entry%rowtype;
begin
    select e.id, e.release_at <= p_now into v_session, v_released
    from slot s join clinic_session e on e.id = s.session_id where s.id = p_slot;
    if exists (select 1 from appointment where person = p_person and session_id = v_session
            and status in ('BOOKED', 'CHECKED_IN')) then
        return 'SESSION_BOOKED';
    end if;
    if v_hold is null then
        v_reserved := p_kind <> 'NORMAL' and take_reserved(p_slot, p_now);
        if not v_reserved and not (v_released and take_unit(p_slot, p_channel, p_now, false)) then
            v_hold := offered_hold(p_person, p_slot, p_now);
            if v_hold is null then
                return 'SLOT_FULL';
            end if;
        end if;
    end if;
    if v_hold is not null then
        select h.channel into v_channel from slot_hold h
        where h.id = v_hold and h.slot_id = p_slot and h.holder in (p_holder, 'PERSON:' || p_person)
            and h.expires_at > p_now for update;
        if not found then
            return 'HOLD_EXPIRED';
        end if;
        perform 1 from clinic_session e where e.id = v_session for no key update;
        update slot set held = held - 1, used = used + 1 where id = p_slot;
        delete from slot_hold where id = v_hold;
    end if;
    insert into appointment (id, person, hospital, department_id, practitioner_id, session_id, slot_id, visit_date,
        start_at, end_at, fee, channel, exempt, kind, reserved, status, hospital_status, booked_at, booked_by_kind, booked_by)
    select p_id, p_person, e.hospital, e.department_id, e.practitioner_id, e.id, s.id, e.visit_date,
        s.start_at, s.end_at, e.fee, v_channel, p_kind <> 'NORMAL', p_kind, v_reserved, 'BOOKED', 'PENDING', p_now,
        p_by_kind, p_by
    from slot s join clinic_session e on e.id = s.session_id where s.id = p_slot;
    select * into v_waiting from waiting_entry
    where person = p_person and session_id = v_session and status in ('WAITING', 'OFFERED');
    if found then
        perform end_waiting(v_waiting.id, 'BOOKED', p_now, v_hold);
    end if;
    return 'BOOKED';
end $$;

-- As before; what was reserved is the reserve's again, after the flow-back everybody's.
create function give_back_unit(
    p_session uuid, p_slot uuid, p_channel int, p_now timestamptz, p_appointment uuid, p_reserved boolean)
returns void language plpgsql as $$
declare
    v_waiting int;
begin
    update clinic_session set taken[p_channel] = taken[p_channel] - (not p_reserved)::int,
        reserved_taken = reserved_taken - p_reserved::int, taken_total = taken_total - 1
    where id = p_session returning waiting into v_waiting;
    perform release_reserved(p_session, p_now);
    update slot set used = used - 1 where id = p_slot;
    if v_waiting > 0 then
        perform offer_waiting(p_session, p_now, p_appointment);
    end if;
end $$;

-- As before, but what is reserved does not make a session less full.
create or replace function enter_waiting(
    p_id uuid, p_person uuid, p_session uuid, p_channel int, p_now timestamptz, p_clears timestamptz,
    p_for interval, p_short interval, p_by_kind text, p_by text)
returns text language plpgsql as $$
declare
    e clinic_session%rowtype;
begin
    select * into e from clinic_session where id = p_session for no key update;
    perform release_reserved(p_session, p_now);
    perform release_expired(p_session, p_now);
    if e.waiting > 0 then
        perform offer_waiting(p_session, p_now, null);
    end if;
    if exists (select 1 from appointment where person = p_person and session_id = p_session
            and status in ('BOOKED', 'CHECKED_IN')) then
        return 'BOOKED_ALREADY';
    end if;
    if exists (select 1 from waiting_entry where person = p_person and session_id = p_session
            and status in ('WAITING', 'OFFERED')) then
        return 'WAITING_ALREADY';
    end if;
    select * into e from clinic_session where id = p_session;
    if session_room(e, p_channel, p_now)
        and exists (select 1 from slot s where s.session_id = p_session and s.status = 'OPEN' and s.start_at > p_now
            and s.used + s.held + s.blocked < s.capacity) then
        return 'NOT_FULL';
    end if;
    insert into waiting_entry (id, person, session_id, channel, entered_at, entered_by_kind, entered_by, clears_at,
        offer_for, short_notice)
    values (p_id, p_person, p_session, p_channel, p_now, p_by_kind, p_by, p_clears, p_for, p_short);
    update clinic_session set waiting = waiting + 1 where id = p_session;
    return 'ENTERED';
end $$;

-- As before, but a list whose session has nothing but reserved units left is not looked at again and again.
create or replace function sweep_waiting(p_now timestamptz, p_after uuid, p_most int) returns uuid language plpgsql as $$
declare
    v_session uuid;
    w record;
    done int := 0;
begin
    for v_session in
        select e.id from clinic_session e
        where e.waiting > 0 and e.id > p_after and (
            exists (select 1 from slot_hold h where h.session_id = e.id and h.expires_at <= p_now)
            or exists (select 1 from waiting_entry x where x.session_id = e.id and x.status = 'WAITING'
                and (x.clears_at <= p_now or session_room(e, x.channel, p_now))))
        order by e.id limit p_most for no key update of e skip locked
    loop
        for w in select id from waiting_entry
            where session_id = v_session and status = 'WAITING' and clears_at <= p_now
        loop
            perform end_waiting(w.id, 'CLEARED', p_now, null);
        end loop;
        perform release_expired(v_session, p_now);
        perform offer_waiting(v_session, p_now, null);
        done := done + 1;
    end loop;
    return case when done = p_most then v_session end;
end $$;

-- The account that is told what becomes of a person's bookings; null for none.
create function told_account(p_person uuid) returns uuid language sql stable as $$
    select c.id from account c where c.person = p_person and c.status = 'ACTIVE' and c.level >= 1 limit 1;
$$;

-- As before; reserved units are counted apart.
create or replace function stop_sessions(p_stop uuid, p_sessions uuid[], p_now timestamptz) returns setof uuid
language plpgsql as $$
declare
    w record;
begin
    update appointment a set status = 'COMPLETED'
    where a.session_id = any(p_sessions) and a.status = 'CHECKED_IN' and a.end_at <= p_now
        and not (exists (select 1 from queue_ticket t where t.appointment = a.id and t.state in ('WAITING', 'PASSED'))
            and exists (select 1 from queue_ticket t where t.session_id = a.session_id and t.called_at is not null));
    insert into stopped_booking (stop_id, place, appointment, person, account)
    select p_stop, row_number() over (order by a.booked_at, a.id), a.id, a.person, told_account(a.person)
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
    update clinic_session e set taken = t.taken, reserved_taken = t.reserved,
        taken_total = t.taken[1] + t.taken[2] + t.taken[3] + t.taken[4] + t.taken[5] + t.reserved
    from (
        select o.id, array(
            select count(a.id)::int from generate_series(1, 5) c left join appointment a on a.session_id = o.id
                and a.channel = c and not a.reserved
                and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED', 'REFUSED')
            group by c order by c) as taken,
            (select count(*)::int from appointment a where a.session_id = o.id and a.reserved
                and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED', 'REFUSED')) as reserved
        from clinic_session o where o.id = any(p_sessions)) t
    where e.id = t.id;
    return query select b.appointment from stopped_booking b where b.stop_id = p_stop order by b.place;
end $$;
