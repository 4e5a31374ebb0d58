-- What a hospital says it has booked of us on a day, compared with what we have; the last report of a day stands.
create table booking_reconciliation (
    id uuid not null,
    hospital text not null,
    visit_date date not null,
    at timestamptz not null,
    said int not null,
    agreed int not null,
    constraint pk_booking_reconciliation primary key (id),
    constraint fk_booking_reconciliation_hospital foreign key (hospital) references hospital (id)
);
comment on column booking_reconciliation.said is 'how many bookings the hospital listed';
create index ix_booking_reconciliation_at on booking_reconciliation (at desc, id desc);
create index ix_booking_reconciliation_hospital on booking_reconciliation (hospital, at desc, id desc);

create table booking_difference (
    reconciliation_id uuid not null,
    place int not null,
    appointment uuid not null,
    kind text not null,
    ours text,
    theirs text,
    constraint pk_booking_difference primary key (reconciliation_id, place),
    constraint fk_booking_difference_reconciliation foreign key (reconciliation_id) references booking_reconciliation (id)
        on delete cascade,
    constraint ck_booking_difference_kind check
        (kind in ('MISSING_THERE', 'STILL_THERE', 'ARRIVED_THERE', 'UNKNOWN_HERE', 'OTHERWISE'))
);
comment on column booking_difference.appointment is 'as the hospital wrote it; of nobody here when UNKNOWN_HERE';
comment on column booking_difference.ours is 'status here before anything was done about it; null when unknown here';
comment on column booking_difference.theirs is 'status there; null when not listed';

create index ix_appointment_hospital_visit_date on appointment (hospital, visit_date);

-- Compares: one row for each booking that only one side has, or that both have otherwise.
create function booking_differences(p_hospital text, p_date date, p_ids uuid[], p_status text[])
returns table (appointment uuid, ours text, theirs text) language sql stable as $$
    with said as (
        select distinct on (s.id) s.id, s.status from unnest(p_ids, p_status) as s(id, status) order by s.id)
    select coalesce(a.id, said.id), a.status, said.status
    from (select x.id, x.status from appointment x where x.hospital = p_hospital and x.visit_date = p_date) a
    full join said on said.id = a.id
    where case coalesce(a.status, '')
        when 'BOOKED' then said.status is distinct from 'BOOKED'
        when 'CHECKED_IN' then coalesce(said.status, '') not in ('BOOKED', 'ARRIVED')
        when 'COMPLETED' then coalesce(said.status, '') not in ('BOOKED', 'ARRIVED')
        when 'MISSED' then coalesce(said.status, '') not in ('BOOKED', 'MISSED')
        when '' then true
        else coalesce(said.status, 'CANCELLED') <> 'CANCELLED' end
    order by 1;
$$;
