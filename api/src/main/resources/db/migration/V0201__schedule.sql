-- Session (a doctor's half-day) -> slot (30-minute band with a capacity) -> unit. A unit is not a row but a count:
-- slot:    used + held + blocked <= capacity          (booked, held for five minutes, refused by the hospital)
-- session: taken_total = sum(taken) <= bookable       (what went through each channel: booked, held or blocked)
-- The quota of a channel binds until flow_back_at, afterwards only bookable does (docs/adr/0010).
-- Locks are taken in this order everywhere: person (advisory), session, slot.
create table clinic_session (
    id uuid not null,
    hospital text not null,
    code text not null,
    role_id uuid,
    department_id uuid,
    practitioner_id uuid,
    visit_date date,
    half text,
    fee numeric(8, 2) not null default 0,
    mode text not null default 'BOOK',
    status text not null default 'OPEN',
    release_at timestamptz,
    flow_back_at timestamptz,
    cancel_until timestamptz,
    capacity int not null default 0,
    bookable int not null default 0,
    quota int[] not null default '{0,0,0,0,0}',
    taken int[] not null default '{0,0,0,0,0}',
    taken_total int not null default 0,
    constraint pk_clinic_session primary key (id),
    constraint uq_clinic_session_hospital_code unique (hospital, code),
    constraint fk_clinic_session_hospital foreign key (hospital) references hospital (id),
    constraint fk_clinic_session_role foreign key (role_id) references practitioner_role (id),
    constraint fk_clinic_session_department foreign key (department_id) references department (id),
    constraint fk_clinic_session_practitioner foreign key (practitioner_id) references practitioner (id),
    constraint ck_clinic_session_half check (half in ('AM', 'PM')),
    constraint ck_clinic_session_mode check (mode in ('BOOK', 'DRAW')),
    constraint ck_clinic_session_status check (status in ('OPEN', 'STOPPED')),
    constraint ck_clinic_session_quota check (cardinality(quota) = 5),
    constraint ck_clinic_session_taken check (cardinality(taken) = 5 and 0 <= all (taken)),
    constraint ck_clinic_session_taken_total
        check (taken_total = taken[1] + taken[2] + taken[3] + taken[4] + taken[5]),
    constraint ck_clinic_session_bookable check (taken_total <= bookable and bookable <= capacity)
) with (fillfactor = 70);
comment on column clinic_session.capacity is 'units of all its bands together';
comment on column clinic_session.bookable is 'of these, on pre-booking; the rest stays on site';
comment on column clinic_session.quota is 'bookable by channel: app, call centre, bank, telecom, web';
create index ix_clinic_session_role on clinic_session (role_id);
create index ix_clinic_session_practitioner on clinic_session (practitioner_id, visit_date);

create table slot (
    id uuid not null,
    hospital text not null,
    code text not null,
    session_id uuid not null,
    department_id uuid,
    practitioner_id uuid,
    start_at timestamptz not null,
    end_at timestamptz not null,
    status text not null default 'OPEN',
    capacity int not null,
    used int not null default 0,
    held int not null default 0,
    blocked int not null default 0,
    constraint pk_slot primary key (id),
    constraint uq_slot_hospital_code unique (hospital, code),
    constraint fk_slot_session foreign key (session_id) references clinic_session (id),
    constraint ck_slot_times check (end_at > start_at),
    constraint ck_slot_status check (status in ('OPEN', 'CLOSED')),
    constraint ck_slot_units check (used >= 0 and held >= 0 and blocked >= 0 and used + held + blocked <= capacity)
) with (fillfactor = 70);
comment on column slot.department_id is 'copied from the session, for the index; null until the session is complete';
create index ix_slot_session on slot (session_id);
create index ix_slot_department on slot (department_id, start_at, id);
create index ix_slot_hospital on slot (hospital, start_at, id);
create index ix_slot_practitioner on slot (practitioner_id, start_at, id);
