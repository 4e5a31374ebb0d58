-- Whether anybody could get a unit of a slot through a channel: exactly what take_unit looks at before it locks anything, and what
-- is kept for who waited or whose clinic was stopped. A slot without room can be refused without a transaction.
create function slot_has_room(p_slot uuid, p_channel int, p_now timestamptz) returns boolean language sql stable as $$
    select s.used + s.held + s.blocked < s.capacity and session_room(e, p_channel, p_now)
        or exists (select 1 from slot_hold x where x.session_id = e.id
            and (x.expires_at <= p_now or x.slot_id = s.id and x.holder like 'PERSON:%'))
    from slot s join clinic_session e on e.id = s.session_id where s.id = p_slot;
$$;

-- As sweep_waiting, but tells all sessions in which something changed; as many as p_most when there may be more after the last.
create function sweep_waiting_sessions(p_now timestamptz, p_after uuid, p_most int)
returns table (session_id uuid, hospital text, department_id uuid) language plpgsql as $$
declare
    v record;
    w record;
begin
    for v in
        select e.id, e.hospital, e.department_id from clinic_session e
        where e.waiting > 0 and e.id > p_after and (
            exists (select 1 from slot_hold h where h.session_id = e.id and h.expires_at <= p_now)
            or exists (select 1 from waiting_entry x where x.session_id = e.id and x.status = 'WAITING'
                and (x.clears_at <= p_now or session_room(e, x.channel, p_now))))
        order by e.id limit p_most for no key update of e skip locked
    loop
        for w in select x.id from waiting_entry x
            where x.session_id = v.id and x.status = 'WAITING' and x.clears_at <= p_now
        loop
            perform end_waiting(w.id, 'CLEARED', p_now, null);
        end loop;
        perform release_expired(v.id, p_now);
        perform offer_waiting(v.id, p_now, null);
        session_id := v.id;
        hospital := v.hospital;
        department_id := v.department_id;
        return next;
    end loop;
end $$;
