-- Every value of the rules for appointments is a hospital's own in one place, hospital_policy (the values, ranges and units:
-- cn.kangka.api.policy.Rule). A time of the day is in minutes after midnight.
insert into hospital_policy (hospital, rule, value)
select h.id, v.rule, v.value from hospital h cross join lateral (values
    ('appointment.prebooking-percent', h.prebooking_percent),
    ('appointment.quota-app', h.channel_percents[1]),
    ('appointment.quota-call-centre', h.channel_percents[2]),
    ('appointment.quota-bank', h.channel_percents[3]),
    ('appointment.quota-telecom', h.channel_percents[4]),
    ('appointment.quota-web', h.channel_percents[5]),
    ('appointment.referral-percent', h.referral_percent),
    ('appointment.horizon-days', h.horizon_days),
    ('appointment.release-time', extract(epoch from h.release_time)::int / 60),
    ('appointment.flow-back-time', extract(epoch from h.flow_back_time)::int / 60),
    ('appointment.cancel-deadline', extract(epoch from h.cancel_deadline)::int / 60)) v (rule, value)
where v.value is not null
on conflict (hospital, rule) do nothing;

-- Whoever has the values of before open may not save them over these.
update hospital h set policy_version = policy_version + 1
where exists (select 1 from hospital_policy p where p.hospital = h.id);

-- Replicas of the release before still read these while they are replaced; a later release drops them.
comment on column hospital.prebooking_percent is 'not read any more, as the six below and referral_percent: see hospital_policy';
comment on column hospital.referral_percent is 'not read any more: see hospital_policy';

alter table clinic_session add column rules jsonb;
comment on column clinic_session.rules is
    'what its hospital had of its own (hospital_policies) when it was published: what is stricter now is not held against who booked it';

-- As before, but an offer lasts as long as the hospital's own rules say; p_closes, p_for and p_short are the region's.
create or replace function offer_alternative(p_now timestamptz, p_closes time, p_zone text, p_for interval, p_short interval)
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
    select x.stop_id, x.place, x.person, a.channel, a.hospital, a.department_id, a.session_id, a.start_at, p.title into b
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
