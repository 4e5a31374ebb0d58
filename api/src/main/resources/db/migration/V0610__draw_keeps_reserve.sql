-- As before, but what is left of a drawn session is one pool because every channel may take all of it, not because quotas flow back
-- early: what is reserved for follow-ups and referrals is kept until its own time.
create or replace function end_draw(
    p_draw uuid, p_now timestamptz, p_clears timestamptz, p_for interval, p_short interval, p_lists int)
returns boolean language plpgsql as $$
declare
    v_joined int;
begin
    perform 1 from clinic_session where id = p_draw for no key update;
    perform 1 from draw where id = p_draw and status = 'DRAWN' for update;
    if not found then
        return false;
    end if;
    with lost as (
        update draw_entry set status = 'LOST', ended_at = p_now where draw_id = p_draw and status = 'ENTERED' returning *)
    insert into waiting_entry (id, person, session_id, channel, entered_at, entered_by_kind, entered_by, clears_at,
        offer_for, short_notice)
    select gen_random_uuid(), l.person, p_draw, l.channel, p_now + p.rank * interval '1 microsecond', l.entered_by_kind,
        l.entered_by, p_clears, p_for, p_short
    from lost l join draw_place p on p.entry_id = l.id
    where l.waiting and p_now < p_clears
        and (select count(*) from waiting_entry w where w.person = l.person and w.status in ('WAITING', 'OFFERED')) < p_lists
        and not exists (select 1 from appointment a where a.person = l.person and a.session_id = p_draw
            and a.status in ('BOOKED', 'CHECKED_IN'))
    order by p.rank
    on conflict do nothing;
    get diagnostics v_joined = row_count;
    update clinic_session set mode = 'BOOK', quota = array_fill(bookable, array[5]), waiting = waiting + v_joined
    where id = p_draw;
    update draw set status = 'DONE', ended_at = p_now where id = p_draw;
    perform offer_waiting(p_draw, p_now, null);
    return true;
end $$;
