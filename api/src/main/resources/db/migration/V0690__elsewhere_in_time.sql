-- A visit that the hospital has at another time, of which somebody still has to decide, may be on another day's list: it is not
-- ordered again at the time that was given up.
-- Compares: one row for each booking that only one side has, or that both have otherwise. Those that are not settled have no kind yet.
create or replace function booking_differences(p_hospital text, p_date date, p_listed timestamptz, p_ids uuid[], p_status text[])
returns table (appointment uuid, ours text, theirs text, settled boolean) language sql stable as $$
    select coalesce(a.id, said.id), a.status, said.status, coalesce(a.settled, true)
    from (
        select x.id, x.status, greatest(x.booked_at, x.cancelled_at, x.answered_at, x.reordered_at, (
                select s.at from stopped_booking b join clinic_stop s on s.id = b.stop_id where b.appointment = x.id))
            <= p_listed and (x.status <> 'BOOKED' or (x.hospital_status <> 'PENDING' and x.hospital_start is null)) as settled
        from appointment x where x.hospital = p_hospital and x.visit_date = p_date) a
    full join unnest(p_ids, p_status) as said(id, status) on said.id = a.id
    where case coalesce(a.status, '')
        when 'BOOKED' then said.status is distinct from 'BOOKED'
        when 'CHECKED_IN' then coalesce(said.status, '') not in ('BOOKED', 'ARRIVED')
        when 'COMPLETED' then coalesce(said.status, '') not in ('BOOKED', 'ARRIVED')
        when 'MISSED' then coalesce(said.status, '') not in ('BOOKED', 'MISSED')
        when '' then true
        else coalesce(said.status, 'CANCELLED') <> 'CANCELLED' end
    order by 1;
$$;
