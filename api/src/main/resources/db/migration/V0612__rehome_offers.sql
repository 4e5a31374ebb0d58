-- As before, but an offer that was made while the session's lock was waited for is found, and what is kept instead of a stopped
-- booking is the survivor's too.
create index ix_stopped_booking_who on stopped_booking (person);
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
            update waiting_entry set person = p_survivor where id = w.id;
            update slot_hold set holder = 'PERSON:' || p_survivor
            where id = (select hold_id from waiting_entry where id = w.id) and holder = 'PERSON:' || p_loser;
        end if;
    end loop;
    update waiting_entry set person = p_survivor where person = p_loser;
    update slot_hold h set holder = 'PERSON:' || p_survivor from stopped_booking b
    where b.person = p_loser and h.id = b.hold_id and h.holder = 'PERSON:' || p_loser;
    update stopped_booking set person = p_survivor where person = p_loser;
end $$;
