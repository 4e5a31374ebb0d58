-- Waiting lists: whoever waits for a session gets its next unit, held for a while, before anybody else can book it.
-- Every change of an entry is made under its session's row lock; locks in the order person, session, slot as before.
alter table clinic_session add column waiting int not null default 0;
alter table clinic_session add constraint ck_clinic_session_waiting check (waiting >= 0);
comment on column clinic_session.waiting is 'entries of its list that wait for an offer';
create index ix_clinic_session_waiting on clinic_session (id) where waiting > 0;

create table waiting_entry (
    id uuid not null,
    person uuid not null,
    session_id uuid not null,
    channel int not null,
    status text not null default 'WAITING',
    entered_at timestamptz not null,
    entered_by_kind text not null,
    entered_by text not null,
    clears_at timestamptz not null,
    offer_for interval not null,
    short_notice interval not null,
    slot_id uuid,
    hold_id uuid,
    offered_at timestamptz,
    offer_expires_at timestamptz,
    forgives uuid,
    ended_at timestamptz,
    told text,
    constraint pk_waiting_entry primary key (id),
    constraint fk_waiting_entry_session foreign key (session_id) references clinic_session (id),
    constraint fk_waiting_entry_slot foreign key (slot_id) references slot (id),
    constraint ck_waiting_entry_channel check (channel between 1 and 5),
    constraint ck_waiting_entry_status check
        (status in ('WAITING', 'OFFERED', 'BOOKED', 'EXPIRED', 'LEFT', 'CLEARED', 'STOPPED')),
    constraint ck_waiting_entry_offer check ((status = 'OFFERED') <= (hold_id is not null))
) with (fillfactor = 80);
comment on column waiting_entry.clears_at is 'when the list is cleared: the evening before the visit';
comment on column waiting_entry.offer_for is 'how long an offer lasts within short_notice of the visit; else until the list closes that day';
comment on column waiting_entry.forgives is 'the late cancel whose unit is offered: taking it erases that mark';
comment on column waiting_entry.told is 'the last status that the person was told of';
create unique index uq_waiting_entry_person_session on waiting_entry (person, session_id)
    where status in ('WAITING', 'OFFERED');
create index ix_waiting_entry_next on waiting_entry (session_id, entered_at, id) where status = 'WAITING';
create index ix_waiting_entry_hold on waiting_entry (hold_id) where status = 'OFFERED';
create index ix_waiting_entry_person on waiting_entry (person, entered_at desc, id desc);
create index ix_waiting_entry_untold on waiting_entry (id)
    where status in ('OFFERED', 'EXPIRED', 'CLEARED', 'STOPPED') and told is distinct from status;
create index ix_waiting_entry_forgives on waiting_entry (id) where status = 'BOOKED' and forgives is not null;

alter table slot_hold add column freed_by uuid;
comment on column slot_hold.freed_by is 'the cancelled booking whose unit this was, when it is offered to somebody who waited';
comment on column slot_hold.holder is 'kind and id of the account, staff or client that may use it; PERSON and id for an offer';

-- When an offer made now ends: within short notice of the visit after a while, else when the list closes that day.
create function offer_until(p_now timestamptz, p_start timestamptz, p_clears timestamptz, p_for interval, p_short interval)
returns timestamptz language sql immutable as $$
    select case when p_start - p_now <= p_short then least(p_now + p_for, p_start)
        else greatest(p_now + p_for,
            p_clears - floor(extract(epoch from p_clears - p_now) / 86400)::int * interval '24 hours') end;
$$;

-- Offers a session's free units to those who wait for it, in order of entry; whose channel has no quota left is passed
-- over until it has. The caller holds the session's row lock. p_freed: the cancelled booking whose unit came free.
create function offer_waiting(p_session uuid, p_now timestamptz, p_freed uuid) returns void language plpgsql as $$
declare
    e clinic_session%rowtype;
    w waiting_entry%rowtype;
    v_slot uuid;
    v_start timestamptz;
    v_hold uuid;
    v_until timestamptz;
    v_freed uuid := p_freed;
begin
    for w in select * from waiting_entry where session_id = p_session and status = 'WAITING' order by entered_at, id
    loop
        exit when p_now >= w.clears_at;
        select * into e from clinic_session where id = p_session;
        exit when e.status <> 'OPEN' or e.release_at > p_now or e.taken_total >= e.bookable;
        select s.id, s.start_at into v_slot, v_start from slot s
        where s.session_id = p_session and s.status = 'OPEN' and s.used + s.held + s.blocked < s.capacity
            and s.start_at > p_now
        order by s.start_at, s.id limit 1;
        exit when not found;
        continue when p_now < e.flow_back_at and e.taken[w.channel] >= e.quota[w.channel];
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

-- As before, and what was offered in vain ends and is offered to the next in line.
create or replace function release_expired(p_session uuid, p_now timestamptz) returns int language plpgsql as $$
declare
    gone record;
    released int := 0;
    v_freed uuid;
begin
    for gone in
        delete from slot_hold h using (
            select x.id from slot_hold x where x.session_id = p_session and x.expires_at <= p_now
            order by x.slot_id for update skip locked) expired
        where h.id = expired.id
        returning h.id, h.slot_id, h.channel, h.holder, h.freed_by
    loop
        update slot set held = held - 1 where id = gone.slot_id;
        update clinic_session set taken[gone.channel] = taken[gone.channel] - 1, taken_total = taken_total - 1
        where id = p_session;
        if gone.holder like 'PERSON:%' then
            update waiting_entry set status = 'EXPIRED', ended_at = p_now where hold_id = gone.id and status = 'OFFERED';
        end if;
        v_freed := coalesce(gone.freed_by, v_freed);
        released := released + 1;
    end loop;
    if released > 0 and (select waiting from clinic_session where id = p_session) > 0 then
        perform offer_waiting(p_session, p_now, v_freed);
    end if;
    return released;
end $$;

-- As before, but those who wait come first.
create or replace function take_unit(p_slot uuid, p_channel int, p_now timestamptz, p_held boolean) returns boolean
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
    if (select waiting from clinic_session where id = v_session) > 0 then
        perform offer_waiting(v_session, p_now, null);
    end if;
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

-- The unit of a slot that a person is offered now; null without one.
create function offered_hold(p_person uuid, p_slot uuid, p_now timestamptz) returns uuid language sql stable as $$
    select hold_id from waiting_entry
    where person = p_person and slot_id = p_slot and status = 'OFFERED' and offer_expires_at > p_now;
$$;

-- As before; an offer may be taken through any channel and without its id, and whoever books a session no longer waits for
-- it.
create or replace function book(
    p_id uuid, p_person uuid, p_slot uuid, p_channel int, p_hold uuid, p_holder text, p_now timestamptz,
    p_by_kind text, p_by text, p_exempt boolean)
returns text language plpgsql as $$
declare
    v_channel int := p_channel;
    v_hold uuid := coalesce(p_hold, offered_hold(p_person, p_slot, p_now));
    v_session uuid;
    v_waiting waiting_entry%rowtype;
begin
    if v_hold is null and not take_unit(p_slot, p_channel, p_now, false) then
        v_hold := offered_hold(p_person, p_slot, p_now);
        if v_hold is null then
            return 'SLOT_FULL';
        end if;
    end if;
    if v_hold is not null then
        select h.channel into v_channel from slot_hold h
        where h.id = v_hold and h.slot_id = p_slot and h.holder in (p_holder, 'PERSON:' || p_person)
            and h.expires_at > p_now for update;
        if not found then
            return 'HOLD_EXPIRED';
        end if;
        perform 1 from clinic_session e join slot s on s.session_id = e.id where s.id = p_slot for no key update of e;
        update slot set held = held - 1, used = used + 1 where id = p_slot;
        delete from slot_hold where id = v_hold;
    end if;
    insert into appointment (id, person, hospital, department_id, practitioner_id, session_id, slot_id, visit_date,
        start_at, end_at, fee, channel, exempt, status, hospital_status, booked_at, booked_by_kind, booked_by)
    select p_id, p_person, e.hospital, e.department_id, e.practitioner_id, e.id, s.id, e.visit_date,
        s.start_at, s.end_at, e.fee, v_channel, p_exempt, 'BOOKED', 'PENDING', p_now, p_by_kind, p_by
    from slot s join clinic_session e on e.id = s.session_id where s.id = p_slot
    returning session_id into v_session;
    select * into v_waiting from waiting_entry
    where person = p_person and session_id = v_session and status in ('WAITING', 'OFFERED');
    if found then
        perform end_waiting(v_waiting.id, 'BOOKED', p_now, v_hold);
    end if;
    return 'BOOKED';
end $$;

-- Ends an entry. What was offered comes back, unless p_taken is that hold, which became a booking. The caller holds the
-- session's row lock.
create function end_waiting(p_entry uuid, p_status text, p_now timestamptz, p_taken uuid) returns void
language plpgsql as $$
declare
    w waiting_entry%rowtype;
begin
    select * into w from waiting_entry where id = p_entry;
    update waiting_entry set status = p_status, ended_at = p_now,
        forgives = case when hold_id = p_taken then forgives end
    where id = p_entry;
    if w.status = 'WAITING' then
        update clinic_session set waiting = waiting - 1 where id = w.session_id;
    elsif w.status = 'OFFERED' and w.hold_id is distinct from p_taken then
        update slot_hold set expires_at = p_now where id = w.hold_id;
        perform release_expired(w.session_id, p_now);
    end if;
end $$;

-- Enters a person whose lock is held. 'ENTERED', or why not.
create function enter_waiting(
    p_id uuid, p_person uuid, p_session uuid, p_channel int, p_now timestamptz, p_clears timestamptz,
    p_for interval, p_short interval, p_by_kind text, p_by text)
returns text language plpgsql as $$
declare
    e clinic_session%rowtype;
begin
    select * into e from clinic_session where id = p_session for no key update;
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
    if e.taken_total < e.bookable and (p_now >= e.flow_back_at or e.taken[p_channel] < e.quota[p_channel])
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

-- Gives one booked unit back to the channel it came from; who waits is offered it in the same transaction. The one with
-- three parameters stays for replicas that are not renewed yet.
create function give_back_unit(p_session uuid, p_slot uuid, p_channel int, p_now timestamptz, p_appointment uuid)
returns void language plpgsql as $$
declare
    v_waiting int;
begin
    update clinic_session set taken[p_channel] = taken[p_channel] - 1, taken_total = taken_total - 1
    where id = p_session returning waiting into v_waiting;
    update slot set used = used - 1 where id = p_slot;
    if v_waiting > 0 then
        perform offer_waiting(p_session, p_now, p_appointment);
    end if;
end $$;

-- What time does to the lists: offers that nobody took go to the next, units that flowed back are offered, lists are
-- cleared the evening before. At most p_most sessions at a time, after p_after, and none that is in use. The last one, from
-- which to go on; null when there are no more.
create function sweep_waiting(p_now timestamptz, p_after uuid, p_most int) returns uuid language plpgsql as $$
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
                and (x.clears_at <= p_now or e.taken_total < e.bookable
                    and (p_now >= e.flow_back_at or e.taken[x.channel] < e.quota[x.channel]))))
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

-- What a merged-away person waits for becomes the survivor's; where both wait, or the survivor has a booking, it ends.
create function rehome_waiting(p_loser uuid, p_survivor uuid, p_now timestamptz) returns void language plpgsql as $$
declare
    w record;
begin
    for w in select id, session_id, hold_id from waiting_entry
        where person = p_loser and status in ('WAITING', 'OFFERED') order by session_id
    loop
        perform 1 from clinic_session where id = w.session_id for no key update;
        if exists (select 1 from waiting_entry where person = p_survivor and session_id = w.session_id
                and status in ('WAITING', 'OFFERED'))
            or exists (select 1 from appointment where person = p_survivor and session_id = w.session_id
                and status in ('BOOKED', 'CHECKED_IN')) then
            perform end_waiting(w.id, 'LEFT', p_now, null);
        else
            update waiting_entry set person = p_survivor where id = w.id;
            update slot_hold set holder = 'PERSON:' || p_survivor where id = w.hold_id and holder = 'PERSON:' || p_loser;
        end if;
    end loop;
    update waiting_entry set person = p_survivor where person = p_loser;
end $$;
