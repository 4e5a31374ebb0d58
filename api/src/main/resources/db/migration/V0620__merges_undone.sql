-- When a merge is undone, what the person waited for, entered or is offered instead goes back, as bookings do (V0410).
alter table waiting_entry add column merged_from uuid[] not null default '{}';
alter table draw_entry add column merged_from uuid[] not null default '{}';
alter table stopped_booking add column merged_from uuid[] not null default '{}';
comment on column waiting_entry.merged_from is 'persons it belonged to before merges, the last one at the end';
comment on column draw_entry.merged_from is 'persons it belonged to before merges, the last one at the end';
comment on column stopped_booking.merged_from is 'persons it belonged to before merges, the last one at the end';
create index ix_waiting_entry_merged_from on waiting_entry ((merged_from[cardinality(merged_from)]))
    where merged_from <> '{}';
create index ix_draw_entry_merged_from on draw_entry ((merged_from[cardinality(merged_from)])) where merged_from <> '{}';
create index ix_stopped_booking_merged_from on stopped_booking ((merged_from[cardinality(merged_from)]))
    where merged_from <> '{}';

-- As before, and it is remembered whose it was.
create or replace function rehome_waiting(p_loser uuid, p_survivor uuid, p_now timestamptz) returns void language plpgsql as $$
declare
    w record;
begin
    for w in select id, session_id from waiting_entry
        where person = p_loser and status in ('WAITING', 'OFFERED') order by session_id
    loop
        perform 1 from clinic_session where id = w.session_id for no key update;
        if exists (select 1 from waiting_entry where person = p_survivor and session_id = w.session_id
                and status in ('WAITING', 'OFFERED'))
            or exists (select 1 from appointment where person = p_survivor and session_id = w.session_id
                and status in ('BOOKED', 'CHECKED_IN')) then
            perform end_waiting(w.id, 'LEFT', p_now, null);
        else
            update waiting_entry set person = p_survivor, merged_from = merged_from || p_loser where id = w.id;
            update slot_hold set holder = 'PERSON:' || p_survivor
            where id = (select hold_id from waiting_entry where id = w.id) and holder = 'PERSON:' || p_loser;
        end if;
    end loop;
    update waiting_entry set person = p_survivor, merged_from = merged_from || p_loser where person = p_loser;
    update slot_hold h set holder = 'PERSON:' || p_survivor from stopped_booking b
    where b.person = p_loser and h.id = b.hold_id and h.holder = 'PERSON:' || p_loser;
    update stopped_booking set person = p_survivor, merged_from = merged_from || p_loser where person = p_loser;
end $$;

-- Undoes rehome_waiting for a person who is there again, except for what ended or became a booking of the survivor's meanwhile.
-- The caller holds the locks of all the persons, and has given the bookings back.
create function give_back_waiting(p_person uuid) returns void language plpgsql as $$
declare
    w record;
begin
    for w in select id, session_id, person from waiting_entry
        where merged_from <> '{}' and merged_from[cardinality(merged_from)] = p_person
            and status in ('WAITING', 'OFFERED') order by session_id
    loop
        perform 1 from clinic_session where id = w.session_id for no key update;
        update slot_hold set holder = 'PERSON:' || p_person
        where id = (select hold_id from waiting_entry where id = w.id and status = 'OFFERED')
            and holder = 'PERSON:' || w.person;
    end loop;
    update waiting_entry x set person = p_person, merged_from = trim_array(merged_from, 1)
    where merged_from <> '{}' and merged_from[cardinality(merged_from)] = p_person
        and (status <> 'BOOKED' or exists (
            select 1 from appointment a where a.person = p_person and a.session_id = x.session_id));
    update slot_hold h set holder = 'PERSON:' || p_person from stopped_booking b
    where b.merged_from <> '{}' and b.merged_from[cardinality(b.merged_from)] = p_person
        and h.id = b.hold_id and h.holder = 'PERSON:' || b.person;
    update stopped_booking set person = p_person, merged_from = trim_array(merged_from, 1)
    where merged_from <> '{}' and merged_from[cardinality(merged_from)] = p_person;
end $$;

-- As before, and it is remembered whose it was.
create or replace function rehome_draws(p_loser uuid, p_survivor uuid, p_now timestamptz) returns void language plpgsql as $$
declare
    x record;
    v_open boolean;
begin
    for x in select id, draw_id from draw_entry where person = p_loser and status = 'ENTERED' order by draw_id
    loop
        perform 1 from clinic_session where id = x.draw_id for no key update;
        select status = 'OPEN' into v_open from draw where id = x.draw_id for key share;
        if exists (select 1 from draw_entry where person = p_survivor and draw_id = x.draw_id and status = 'ENTERED') then
            update draw_entry set status = case when v_open then 'LEFT' else 'PASSED' end, reason = 'draw.duplicate',
                told = 'PASSED', ended_at = p_now
            where id = x.id and status = 'ENTERED';
        else
            update draw_entry set person = p_survivor, merged_from = merged_from || p_loser
            where id = x.id and status = 'ENTERED';
        end if;
    end loop;
    update draw_entry set person = p_survivor, merged_from = merged_from || p_loser where person = p_loser;
end $$;

-- Undoes rehome_draws for a person who is there again, except for what was won as the survivor. The caller holds the locks of
-- all the persons.
create function give_back_draws(p_person uuid) returns void language plpgsql as $$
declare
    x record;
begin
    for x in select draw_id from draw_entry
        where merged_from <> '{}' and merged_from[cardinality(merged_from)] = p_person and status = 'ENTERED'
        order by draw_id
    loop
        perform 1 from clinic_session where id = x.draw_id for no key update;
    end loop;
    update draw_entry d set person = p_person, merged_from = trim_array(merged_from, 1)
    where merged_from <> '{}' and merged_from[cardinality(merged_from)] = p_person
        and (appointment is null or exists (
            select 1 from appointment a where a.id = d.appointment
                and (a.person = p_person or a.merged_from[cardinality(a.merged_from)] = p_person)));
end $$;
