-- Check-in and the queue at the clinic. A ticket is a place in the queue of one session (docs/appointments.md, "The queue").
-- Whatever changes a queue takes the lock of its row in clinic_queue, always as the last lock: person, appointment, session,
-- slot, queue.
create table clinic_queue (
    session_id uuid not null,
    moved boolean not null default true,
    constraint pk_clinic_queue primary key (session_id),
    constraint fk_clinic_queue_session foreign key (session_id) references clinic_session (id)
);
comment on column clinic_queue.moved is 'somebody may have come near their turn since it was last looked at';
create index ix_clinic_queue_moved on clinic_queue (session_id) where moved;

create table queue_ticket (
    appointment uuid not null,
    session_id uuid not null,
    band int not null,
    number int not null,
    state text not null,
    turn_band timestamptz not null,
    turn numeric not null,
    late boolean not null default false,
    requeued int not null default 0,
    room text,
    checked_in_at timestamptz not null,
    called_at timestamptz,
    near_told_at timestamptz,
    constraint pk_queue_ticket primary key (appointment),
    constraint fk_queue_ticket_appointment foreign key (appointment) references appointment (id),
    constraint fk_queue_ticket_session foreign key (session_id) references clinic_session (id),
    constraint uq_queue_ticket_number unique (session_id, band, number),
    constraint ck_queue_ticket_state check (state in ('WAITING', 'CALLED', 'PASSED', 'DONE', 'LEFT')),
    constraint ck_queue_ticket_number check (band > 0 and number > 0)
) with (fillfactor = 80);
comment on column queue_ticket.band is 'which band of the session, from 1: the letter before the number';
comment on column queue_ticket.turn_band is 'with turn, where it stands among those who wait: booked band first, then check-in';
comment on column queue_ticket.turn is 'whole numbers in order of check-in; who is put behind others stands between two of them';
comment on column queue_ticket.late is 'checked in after the end of the band';
comment on column queue_ticket.requeued is 'how often put behind others after not coming when called';
comment on column queue_ticket.called_at is 'the last call; of a session, they tell how long a turn takes';
comment on column queue_ticket.near_told_at is 'when told that it is nearly the turn; told once';
create unique index uq_queue_ticket_turn on queue_ticket (session_id, turn_band, turn) where state = 'WAITING';
create index ix_queue_ticket_open on queue_ticket (checked_in_at) where state in ('WAITING', 'CALLED', 'PASSED');

alter table appointment
    add column arrival_reported_at timestamptz,
    add column hospital_start timestamptz,
    add column hospital_moved_at timestamptz;
comment on column appointment.arrival_reported_at is 'when the hospital itself said that the person is there';
comment on column appointment.hospital_start is 'the time that the hospital says, where it is none of the session''s: somebody must look';
comment on column appointment.hospital_moved_at is 'when the hospital last said another time: cancelling is then never late';
update appointment set arrival_reported_at = checked_in_at where checked_in_at is not null;
-- Hospitals often quote their own number only.
create index ix_appointment_hospital_reference on appointment (hospital, hospital_reference)
    where hospital_reference is not null;
-- Only what hospitals say tells whether they report arrivals; our own check-ins don't.
drop index ix_appointment_checked_in;
create index ix_appointment_arrival_reported on appointment (hospital, visit_date) where arrival_reported_at is not null;
-- What agents look at: unanswered, or answered with another time.
drop index ix_appointment_pending;
create index ix_appointment_pending on appointment (booked_at, id)
    where status = 'BOOKED' and (hospital_status = 'PENDING' or hospital_start is not null);

-- Takes the queue's lock; those who watch it look again when this transaction commits.
create function lock_queue(p_session uuid) returns void language sql as $$
    insert into clinic_queue as q (session_id) values (p_session) on conflict (session_id) do update set moved = true;
    select pg_notify('api_queue', p_session::text);
$$;

-- The place behind so many of those who wait, and behind whoever was put back there before; behind all of them when there
-- are fewer. Nulls when nobody waits.
create function place_behind(p_session uuid, p_others int, out turn_band timestamptz, out turn numeric)
language sql as $$
    select w.turn_band, case when w.next_band = w.turn_band then (w.turn + w.next_turn) * 0.5 else floor(w.turn) + 1 end
    from (
        select t.turn_band, t.turn, lead(t.turn_band) over o as next_band, lead(t.turn) over o as next_turn,
            row_number() over o as place, count(*) filter (where t.requeued = 0) over o as others
        from queue_ticket t where t.session_id = p_session and t.state = 'WAITING'
        window o as (order by t.turn_band, t.turn)) w
    where w.others <= greatest(p_others, 1)
    order by w.place desc limit 1;
$$;

-- Gives somebody who has come a place: in order of band, within it of check-in; who comes after the band is behind all. A
-- ticket that was left is taken up again with its number.
create function enter_queue(p_appointment uuid, p_at timestamptz) returns void language plpgsql as $$
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
            where t.session_id = a.session_id and x.slot_id = a.slot_id limit 1),
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

-- The queue follows the booking, in whoever's transaction that changes: an arrival that the hospital reports gives a number,
-- a stop of the clinic or a completed visit ends the wait.
create function queue_follows_appointment() returns trigger language plpgsql as $$
begin
    if new.status = 'CHECKED_IN' then
        perform enter_queue(new.id, coalesce(new.checked_in_at, now()));
    elsif exists (select 1 from queue_ticket where appointment = new.id and state in ('WAITING', 'CALLED', 'PASSED')) then
        perform lock_queue(new.session_id);
        update queue_ticket set state = case when new.status = 'COMPLETED' then 'DONE' else 'LEFT' end
        where appointment = new.id and state in ('WAITING', 'CALLED', 'PASSED');
    end if;
    return null;
end $$;
create trigger appointment_queue after update of status on appointment for each row
    when (old.status is distinct from new.status and (new.status = 'CHECKED_IN' or old.status = 'CHECKED_IN'))
    execute function queue_follows_appointment();

-- Calls the next who waits into a room; nothing when nobody does.
create function call_next(p_session uuid, p_room text, p_now timestamptz) returns setof queue_ticket language plpgsql as $$
begin
    perform lock_queue(p_session);
    return query
        update queue_ticket set state = 'CALLED', called_at = p_now, room = p_room
        where appointment = (
            select t.appointment from queue_ticket t where t.session_id = p_session and t.state = 'WAITING'
            order by t.turn_band, t.turn limit 1)
        returning *;
end $$;

-- Puts somebody who did not come when called behind so many others. The caller holds the appointment's lock.
create function requeue(p_appointment uuid, p_others int) returns void language plpgsql as $$
declare
    t queue_ticket%rowtype;
    p record;
begin
    select * into t from queue_ticket where appointment = p_appointment;
    perform lock_queue(t.session_id);
    select * into p from place_behind(t.session_id, p_others);
    update queue_ticket set state = 'WAITING', requeued = requeued + 1, room = null,
        turn_band = coalesce(p.turn_band, turn_band),
        turn = coalesce(p.turn, (select floor(max(x.turn)) + 1 from queue_ticket x
            where x.session_id = t.session_id and x.turn_band = t.turn_band))
    where appointment = p_appointment and state = 'PASSED';
end $$;

-- Moves a booking to the band of its own session that the hospital says; false when that has no unit. The caller holds the
-- appointment's lock.
create function move_to_band(p_appointment uuid, p_slot uuid, p_now timestamptz) returns boolean language plpgsql as $$
declare
    a appointment%rowtype;
begin
    select * into a from appointment where id = p_appointment;
    perform lock_sessions(array[a.session_id]);
    perform release_expired(a.session_id, p_now);
    perform 1 from slot where id in (a.slot_id, p_slot) order by id for no key update;
    update slot set used = used + 1
    where id = p_slot and session_id = a.session_id and used + held + blocked < capacity;
    if not found then
        return false;
    end if;
    update slot set used = used - 1 where id = a.slot_id;
    update appointment x set slot_id = s.id, start_at = s.start_at, end_at = s.end_at, hospital_status = 'ACCEPTED',
        answered_at = p_now, hospital_start = null, hospital_moved_at = p_now
    from slot s where x.id = p_appointment and s.id = p_slot;
    return true;
end $$;

-- Wrong place codes, counted per caller.
create table check_in_tries (
    who text not null,
    used int not null,
    since timestamptz not null,
    constraint pk_check_in_tries primary key (who)
);
comment on column check_in_tries.since is 'when the first of the used tries was taken: the window begins there';
create index ix_check_in_tries_since on check_in_tries (since);

-- As before; but who still waits in a queue that was called has not been seen, however late it is.
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
    select p_stop, row_number() over (order by a.booked_at, a.id), a.id, a.person,
        (select c.id from account c where c.person = a.person and c.status = 'ACTIVE' and c.level >= 1 limit 1)
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
    update clinic_session e set taken = t.taken,
        taken_total = t.taken[1] + t.taken[2] + t.taken[3] + t.taken[4] + t.taken[5]
    from (
        select o.id, array(
            select count(a.id)::int from generate_series(1, 5) c left join appointment a on a.session_id = o.id
                and a.channel = c and a.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED', 'REFUSED')
            group by c order by c) as taken
        from clinic_session o where o.id = any(p_sessions)) t
    where e.id = t.id;
    return query select b.appointment from stopped_booking b where b.stop_id = p_stop order by b.place;
end $$;
