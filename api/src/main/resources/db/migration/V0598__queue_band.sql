-- As before; but whoever had a number of another band and was moved by the hospital does not give its letter to the band they
-- were moved to.
create or replace function enter_queue(p_appointment uuid, p_at timestamptz) returns void language plpgsql as $$
declare
    a appointment%rowtype;
    v_band int;
    v_turn_band timestamptz;
    v_turn numeric;
    v_late boolean;
begin
    select * into a from appointment where id = p_appointment;
    perform lock_queue(a.session_id);
    v_late := p_at >= a.end_at;
    if v_late then
        select p.turn_band, p.turn into v_turn_band, v_turn from place_behind(a.session_id, 2147483647) p;
    end if;
    if v_turn is null then
        v_turn_band := a.start_at;
        select coalesce(floor(max(t.turn)), 0) + 1 into v_turn from queue_ticket t
        where t.session_id = a.session_id and t.turn_band = v_turn_band;
    end if;
    select coalesce(
        (select t.band from queue_ticket t join appointment x on x.id = t.appointment
            where t.session_id = a.session_id and x.slot_id = a.slot_id and x.hospital_moved_at is null limit 1),
        (select count(distinct s.start_at)::int from slot s
            where s.session_id = a.session_id and s.start_at <= a.start_at))
    into v_band;
    insert into queue_ticket as t (appointment, session_id, band, number, state, turn_band, turn, late, checked_in_at)
    values (a.id, a.session_id, v_band,
        (select coalesce(max(x.number), 0) + 1 from queue_ticket x where x.session_id = a.session_id and x.band = v_band),
        'WAITING', v_turn_band, v_turn, v_late, p_at)
    on conflict (appointment) do update set state = 'WAITING', turn_band = excluded.turn_band, turn = excluded.turn,
        late = excluded.late, checked_in_at = excluded.checked_in_at, room = null
        where t.state in ('LEFT', 'PASSED');
end $$;
