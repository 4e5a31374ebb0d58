-- A follow-up or referral that is moved may keep one of the reserved units while its new time is confirmed: a hold remembers whether
-- its unit is one of them, as a booking does.
alter table slot_hold add column reserved boolean not null default false;
comment on column slot_hold.reserved is 'its unit is one of the session''s reserved ones, in reserved_taken and not in taken; good for a follow-up or referral only';

-- As before; what was reserved is the reserve's again, after the flow-back everybody's.
create or replace function release_expired(p_session uuid, p_now timestamptz) returns int language plpgsql as $$
declare
    gone record;
    released int := 0;
    v_freed uuid;
    v_reserved boolean := false;
begin
    for gone in
        delete from slot_hold h using (
            select x.id from slot_hold x where x.session_id = p_session and x.expires_at <= p_now
            order by x.slot_id for update skip locked) expired
        where h.id = expired.id
        returning h.id, h.slot_id, h.channel, h.holder, h.freed_by, h.reserved
    loop
        update slot set held = held - 1 where id = gone.slot_id;
        update clinic_session set taken[gone.channel] = taken[gone.channel] - (not gone.reserved)::int,
            reserved_taken = reserved_taken - gone.reserved::int, taken_total = taken_total - 1
        where id = p_session;
        if gone.holder like 'PERSON:%' then
            update waiting_entry set status = 'EXPIRED', ended_at = p_now where hold_id = gone.id and status = 'OFFERED';
        end if;
        v_freed := coalesce(gone.freed_by, v_freed);
        v_reserved := v_reserved or gone.reserved;
        released := released + 1;
    end loop;
    if v_reserved then
        perform release_reserved(p_session, p_now);
    end if;
    if released > 0 and (select waiting from clinic_session where id = p_session) > 0 then
        perform offer_waiting(p_session, p_now, v_freed);
    end if;
    return released;
end $$;

-- As before; p_held says whether the unit is only held, and one that somebody held in vain counts as there.
drop function take_reserved(uuid, timestamptz);
create function take_reserved(p_slot uuid, p_now timestamptz, p_held boolean) returns boolean language plpgsql as $$
declare
    v_session uuid;
begin
    select e.id into v_session from slot s join clinic_session e on e.id = s.session_id
    where s.id = p_slot and p_now < e.flow_back_at and (e.reserved_taken < e.reserved
        or exists (select 1 from slot_hold x where x.session_id = e.id and x.expires_at <= p_now and x.reserved));
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
    update slot s set used = s.used + (not p_held)::int, held = s.held + p_held::int where s.id = p_slot;
    return true;
end $$;

-- As before, for a kind of visit: what is moved by a doctor's wish takes a reserved unit first, as its booking does.
create function hold_unit(
    p_id uuid, p_slot uuid, p_channel int, p_holder text, p_most int, p_now timestamptz, p_expires timestamptz, p_kind text)
returns text language plpgsql as $$
declare
    v_reserved boolean;
begin
    perform pg_advisory_xact_lock(hashtextextended(p_holder, 18));
    if (select count(*) from slot_hold where holder = p_holder and expires_at > p_now) >= p_most then
        return 'TOO_MANY_HOLDS';
    end if;
    v_reserved := p_kind <> 'NORMAL' and take_reserved(p_slot, p_now, true);
    if not v_reserved and not take_unit(p_slot, p_channel, p_now, true) then
        return 'SLOT_FULL';
    end if;
    insert into slot_hold (id, slot_id, session_id, channel, holder, expires_at, reserved)
    select p_id, s.id, s.session_id, p_channel, p_holder, p_expires, v_reserved from slot s where s.id = p_slot;
    return 'HELD';
end $$;

-- For replicas that know no kinds of holds yet.
create or replace function hold_unit(
    p_id uuid, p_slot uuid, p_channel int, p_holder text, p_most int, p_now timestamptz, p_expires timestamptz)
returns text language sql as $$
    select hold_unit(p_id, p_slot, p_channel, p_holder, p_most, p_now, p_expires, 'NORMAL');
$$;

-- As before; a held unit that is reserved stays so, and is not good for an ordinary booking.
create or replace function book(
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
        v_reserved := p_kind <> 'NORMAL' and take_reserved(p_slot, p_now, false);
        if not v_reserved and not (v_released and take_unit(p_slot, p_channel, p_now, false)) then
            v_hold := offered_hold(p_person, p_slot, p_now);
            if v_hold is null then
                return 'SLOT_FULL';
            end if;
        end if;
    end if;
    if v_hold is not null then
        select h.channel, h.reserved into v_channel, v_reserved from slot_hold h
        where h.id = v_hold and h.slot_id = p_slot and h.holder in (p_holder, 'PERSON:' || p_person)
            and h.expires_at > p_now and (p_kind <> 'NORMAL' or not h.reserved) for update;
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
