-- A hospital's list is as old as the moment when it was written: what changed here since then, or what the hospital has not answered
-- yet, is not compared. A booking that was ordered again because it was missing there was accepted once already: a refusal of the
-- second order ("exists already") says nothing about it.
alter table appointment add column reordered_at timestamptz;
comment on column appointment.reordered_at is 'when reconciliation last ordered it again at its hospital';
alter table booking_reconciliation add column listed_at timestamptz;
alter table booking_reconciliation add column unsettled int not null default 0;
comment on column booking_reconciliation.listed_at is 'when the hospital wrote the list; null in reports from before this was asked';
comment on column booking_reconciliation.unsettled is 'how many bookings were not compared: changed since, or not answered yet';

drop function booking_differences(text, date, uuid[], text[]);

-- Compares: one row for each booking that only one side has, or that both have otherwise. Those that are not settled have no kind yet.
create function booking_differences(p_hospital text, p_date date, p_listed timestamptz, p_ids uuid[], p_status text[])
returns table (appointment uuid, ours text, theirs text, settled boolean) language sql stable as $$
    select coalesce(a.id, said.id), a.status, said.status, coalesce(a.settled, true)
    from (
        select x.id, x.status, greatest(x.booked_at, x.cancelled_at, x.answered_at, x.reordered_at, (
                select s.at from stopped_booking b join clinic_stop s on s.id = b.stop_id where b.appointment = x.id))
            <= p_listed and (x.status <> 'BOOKED' or x.hospital_status <> 'PENDING') as settled
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
