create table slot_hold (
    id uuid not null,
    slot_id uuid not null,
    session_id uuid not null,
    channel int not null,
    holder text not null,
    expires_at timestamptz not null,
    constraint pk_slot_hold primary key (id),
    constraint fk_slot_hold_slot foreign key (slot_id) references slot (id),
    constraint fk_slot_hold_session foreign key (session_id) references clinic_session (id),
    constraint ck_slot_hold_channel check (channel between 1 and 5)
);
comment on column slot_hold.holder is 'kind and id of the account, staff or client that may use it';
create index ix_slot_hold_session on slot_hold (session_id, expires_at);
create index ix_slot_hold_expires_at on slot_hold (expires_at);
create index ix_slot_hold_holder on slot_hold (holder, expires_at);

-- States and who may change them: docs/appointments.md.
create table appointment (
    id uuid not null,
    person uuid not null,
    hospital text not null,
    department_id uuid not null,
    practitioner_id uuid not null,
    session_id uuid not null,
    slot_id uuid not null,
    visit_date date not null,
    start_at timestamptz not null,
    end_at timestamptz not null,
    fee numeric(8, 2) not null,
    channel int not null,
    exempt boolean not null default false,
    status text not null,
    hospital_status text not null,
    hospital_reference text,
    reason text,
    version bigint not null default 1,
    booked_at timestamptz not null,
    booked_by_kind text not null,
    booked_by text not null,
    answered_at timestamptz,
    withdrawn_at timestamptz,
    cancelled_at timestamptz,
    cancelled_by_kind text,
    cancelled_by text,
    late_cancel boolean not null default false,
    checked_in_at timestamptz,
    missed_at timestamptz,
    mark_erased_at timestamptz,
    review boolean not null default false,
    constraint pk_appointment primary key (id),
    constraint fk_appointment_session foreign key (session_id) references clinic_session (id),
    constraint fk_appointment_slot foreign key (slot_id) references slot (id),
    constraint ck_appointment_channel check (channel between 1 and 5),
    constraint ck_appointment_status check
        (status in ('BOOKED', 'CHECKED_IN', 'COMPLETED', 'MISSED', 'CANCELLED', 'REFUSED', 'STOPPED')),
    constraint ck_appointment_hospital_status check (hospital_status in ('PENDING', 'ACCEPTED', 'REFUSED'))
) with (fillfactor = 80);
comment on column appointment.channel is 'whose quota the unit came from';
comment on column appointment.exempt is 'a follow-up or referral: limits neither stop nor count it';
comment on column appointment.version is 'grows with every order to the hospital';
comment on column appointment.withdrawn_at is 'a refused booking was accepted later: the hospital was told to drop it';
comment on column appointment.late_cancel is 'cancelled after the deadline: a mark, unless mark_erased_at';
comment on column appointment.missed_at is 'end of the band nobody came to: a mark, unless mark_erased_at';
comment on column appointment.review is 'its person was split: somebody must say whose it is';
create unique index uq_appointment_person_session on appointment (person, session_id)
    where status in ('BOOKED', 'CHECKED_IN');
create index ix_appointment_person_visit_date on appointment (person, visit_date);
create index ix_appointment_person_booked_at on appointment (person, booked_at desc, id desc);
create index ix_appointment_person_start_at on appointment (person, start_at, id);
create index ix_appointment_session on appointment (session_id);
create index ix_appointment_slot on appointment (slot_id);
create index ix_appointment_open_end_at on appointment (end_at) where status = 'BOOKED';
create index ix_appointment_pending on appointment (booked_at, id)
    where status = 'BOOKED' and hospital_status = 'PENDING';
create index ix_appointment_checked_in on appointment (hospital, visit_date) where checked_in_at is not null;
