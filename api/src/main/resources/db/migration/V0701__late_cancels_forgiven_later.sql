-- The newest late cancel of a session whose mark stands and whose unit is still to be had by who comes through p_channel; null for
-- none. Units of one quota are alike (the channel's, from the flow-back on everybody's): since that cancel more of them came back
-- than were taken. What is offered for a cancel, or was taken by who waited, counts on neither side.
create function late_cancel_free(e clinic_session, p_channel int, p_now timestamptz) returns uuid language sql stable as $$
    with freed as (
        select a.id, a.channel, a.cancelled_at as at from appointment a
        where a.session_id = e.id and a.status = 'CANCELLED' and a.late_cancel and a.mark_erased_at is null and not a.reserved
            and not exists (select 1 from waiting_entry w where w.session_id = e.id and w.forgives = a.id
                and w.status in ('OFFERED', 'BOOKED'))),
    taken as (
        select a.channel, a.booked_at as at from appointment a
        where a.session_id = e.id and not a.reserved
            and not exists (select 1 from waiting_entry w where w.session_id = e.id and w.person = a.person
                and w.status = 'BOOKED' and w.hold_id is not null and w.ended_at = a.booked_at)
        union all
        select h.channel, p_now from slot_hold h
        where h.session_id = e.id and not h.reserved and h.holder not like 'PERSON:%' and h.expires_at > p_now)
    select f.id from freed f
    where (f.channel = p_channel or p_now >= e.flow_back_at)
        and (select count(*) from taken t where t.at > f.at and (t.channel = f.channel or t.at >= e.flow_back_at))
            < (select count(*) from freed o where o.at >= f.at and (o.channel = f.channel or o.at >= e.flow_back_at))
    order by f.at desc, f.id desc limit 1;
$$;

-- As before, but a late cancel is also forgiven by who is offered its unit later: when it flows back, or when somebody looks.
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
        v_freed := coalesce(v_freed, late_cancel_free(e, w.channel, p_now));
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
