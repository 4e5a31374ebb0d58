-- Schedules of hospitals without a scheduling system: what is repeated every week, and what is otherwise on some days. Sessions
-- are laid out from them (template_id says so); what a hospital published itself is never touched.
create table schedule_template (
    id uuid not null,
    hospital text not null,
    weekday int not null,
    half text not null,
    department text not null,
    doctor text not null,
    role text not null,
    first_band time not null,
    band_minutes int not null,
    bands int not null,
    units int not null,
    fee numeric(8, 2) not null,
    mode text not null,
    valid_from date not null,
    valid_to date,
    version bigint not null default 1,
    changed_at timestamptz not null,
    changed_by text not null,
    constraint pk_schedule_template primary key (id),
    constraint fk_schedule_template_hospital foreign key (hospital) references hospital (id),
    constraint ck_schedule_template_weekday check (weekday between 1 and 7),
    constraint ck_schedule_template_half check (half in ('AM', 'PM')),
    constraint ck_schedule_template_mode check (mode in ('BOOK', 'DRAW')),
    constraint ck_schedule_template_valid check (valid_to >= valid_from)
);
comment on column schedule_template.weekday is '1 Monday to 7 Sunday';
comment on column schedule_template.role is 'code of the practitioner_role that doctor and department mean';
comment on column schedule_template.units is 'of each band';
create index ix_schedule_template_hospital on schedule_template (hospital, id);

create table schedule_exception (
    id uuid not null,
    hospital text not null,
    day date not null,
    kind text not null,
    half text,
    department text,
    doctor text,
    weekday int,
    template_id uuid,
    role text,
    reason text,
    changed_at timestamptz not null,
    changed_by text not null,
    constraint pk_schedule_exception primary key (id),
    constraint fk_schedule_exception_hospital foreign key (hospital) references hospital (id),
    constraint fk_schedule_exception_template foreign key (template_id) references schedule_template (id) on delete cascade,
    constraint ck_schedule_exception_kind check (kind in ('CLOSED', 'SWAP', 'EXTRA', 'OTHER_DOCTOR')),
    constraint ck_schedule_exception_fields check (
        (kind = 'SWAP') = (weekday is not null)
        and (kind in ('EXTRA', 'OTHER_DOCTOR')) = (template_id is not null)
        and (kind = 'OTHER_DOCTOR') = (role is not null))
);
comment on column schedule_exception.kind is
    'CLOSED: nothing that half, department and doctor mean; SWAP: worked as the weekday; EXTRA: the template besides; OTHER_DOCTOR: the template by the role';
create index ix_schedule_exception_hospital on schedule_exception (hospital, day, id);
create index ix_schedule_exception_template on schedule_exception (template_id);

create table schedule_layout (
    hospital text not null,
    wanted_at timestamptz not null,
    done_at timestamptz,
    done_until date,
    constraint pk_schedule_layout primary key (hospital),
    constraint fk_schedule_layout_hospital foreign key (hospital) references hospital (id)
);
comment on column schedule_layout.wanted_at is 'when a template or exception last changed';
comment on column schedule_layout.done_until is 'the last day that is laid out';

alter table clinic_session add column template_id uuid;
comment on column clinic_session.template_id is 'laid out from it; null: the hospital published it';
create index ix_clinic_session_template on clinic_session (hospital, visit_date) where template_id is not null;
