-- Whether a person could come to a session: they have no active booking in it, and fewer visits that day, in the department and
-- altogether, than LimitPolicy allows; what is exempt is neither counted nor stopped. p_besides: a booking given up for it.
create function can_visit(
    p_person uuid, e clinic_session, p_exempt boolean, p_besides uuid, p_department_day int, p_visit_day int)
returns boolean language sql stable as $$
    select count(*) filter (where o.session_id = e.id and o.status in ('BOOKED', 'CHECKED_IN')) = 0
        and (p_exempt or count(*) filter (where not o.exempt and o.department_id = e.department_id) < p_department_day
            and count(*) filter (where not o.exempt) < p_visit_day)
    from appointment o where o.person = p_person and o.visit_date = e.visit_date and o.id is distinct from p_besides
        and o.status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED');
$$;

-- As before, but nothing is kept for somebody who could not take it. p_department_day and p_visit_day are the region's.
create function offer_alternative(
    p_now timestamptz, p_closes time, p_zone text, p_for interval, p_short interval, p_department_day int, p_visit_day int)
returns boolean language plpgsql as $$
declare
    b record;
    v_slot record;
    v_hold uuid;
    v_until timestamptz;
    v_clears timestamptz;
    v_own jsonb;
begin
    perform pg_advisory_xact_lock(hashtextextended('offer_alternative', 19));
    select x.stop_id, x.place, x.person, a.channel, a.hospital, a.department_id, a.exempt, a.start_at,
        p.title into b
    from stopped_booking x join appointment a on a.id = x.appointment join practitioner p on p.id = a.practitioner_id
    where x.offered_at is null order by x.stop_id, x.place limit 1 for update of x;
    if not found then
        return false;
    end if;
    v_own := hospital_policies(b.hospital);
    for v_slot in
        select s.id, s.session_id, s.start_at, e.visit_date from slot s
        join clinic_session e on e.id = s.session_id join practitioner p on p.id = e.practitioner_id
        where s.department_id = b.department_id and s.hospital = b.hospital and s.start_at > p_now
            and p.title is not distinct from b.title and s.status = 'OPEN' and e.status = 'OPEN' and e.mode = 'BOOK'
            and e.release_at <= p_now and e.waiting = 0 and s.used + s.held + s.blocked < s.capacity
            and e.taken_total < e.bookable and (p_now >= e.flow_back_at or e.taken[b.channel] < e.quota[b.channel])
            and can_visit(b.person, e, b.exempt, null,
                coalesce((v_own ->> 'appointment.max-per-department-day')::int, p_department_day),
                coalesce((v_own ->> 'appointment.max-per-visit-day')::int, p_visit_day))
        order by abs(extract(epoch from s.start_at - b.start_at)), s.id limit 20
    loop
        if take_unit(v_slot.id, b.channel, p_now, true) then
            v_hold := gen_random_uuid();
            v_clears := ((v_slot.visit_date - 1) + coalesce(
                time '00:00' + make_interval(mins => (v_own ->> 'appointment.waiting-closes')::int), p_closes))
                at time zone p_zone;
            v_until := offer_until(p_now, v_slot.start_at, v_clears,
                coalesce(make_interval(mins => (v_own ->> 'appointment.waiting-offer-minutes')::int), p_for),
                coalesce(make_interval(hours => (v_own ->> 'appointment.waiting-short-notice-hours')::int), p_short));
            insert into slot_hold (id, slot_id, session_id, channel, holder, expires_at)
            values (v_hold, v_slot.id, v_slot.session_id, b.channel, 'PERSON:' || b.person, v_until);
            update stopped_booking set offered_at = p_now, slot_id = v_slot.id, hold_id = v_hold, offer_expires_at = v_until
            where stop_id = b.stop_id and place = b.place;
            return true;
        end if;
    end loop;
    update stopped_booking set offered_at = p_now where stop_id = b.stop_id and place = b.place;
    return true;
end $$;

-- For replicas that do not say the region's limits yet.
create or replace function offer_alternative(p_now timestamptz, p_closes time, p_zone text, p_for interval, p_short interval)
returns boolean language sql as $$
    select offer_alternative(p_now, p_closes, p_zone, p_for, p_short, 1, 2);
$$;

-- Which booking a referral had before it was let go: what is kept instead of a stopped one is the referral's when it is taken.
alter table referral add column let_go uuid;
comment on column referral.let_go is 'the booking that ended and left it ACCEPTED; null once it is anything else';
create index ix_referral_let_go on referral (let_go) where status = 'ACCEPTED' and let_go is not null;

-- What is kept for a person in a slot instead of a stopped follow-up or referral, which nobody has given up since: its unit is
-- taken as what that was. The caller holds the person's lock; volatile, so that it sees what the last holder committed.
create function kept_exempt(p_person uuid, p_slot uuid, p_department uuid)
returns table (hold uuid, appointment uuid, kind text, until timestamptz) language plpgsql rows 1 as $$
begin
    return query
        select h.id, a.id, a.kind, h.expires_at
        from stopped_booking b join slot_hold h on h.id = b.hold_id join appointment a on a.id = b.appointment
        where b.person = p_person and b.slot_id = p_slot and b.hold_id is not null and a.exempt
            and a.department_id = p_department and (a.kind <> 'REFERRAL' or exists (select 1 from referral r
                where r.status = 'BOOKED' and r.appointment = a.id or r.status = 'ACCEPTED' and r.let_go = a.id))
        order by h.expires_at desc limit 1;
end $$;
