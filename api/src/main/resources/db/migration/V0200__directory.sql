-- The region's directory: what every hospital said about itself, keyed by (source, its own code). A row that something
-- else points to before the hospital described it is a placeholder (known = false) and not shown; so bundles may come
-- in any order and nothing waits for anything.
create table hospital (
    id text not null,
    name text not null,
    aliases text[] not null default '{}',
    initials text not null default '',
    kind text not null,
    level text,
    address text,
    telephone text,
    known boolean not null default false,
    prebooking_percent int,
    channel_percents int[],
    horizon_days int,
    release_time time,
    flow_back_time time,
    cancel_deadline time,
    constraint pk_hospital primary key (id),
    constraint ck_hospital_kind check (kind in ('HOSPITAL', 'CENTRE')),
    constraint ck_hospital_prebooking_percent check (prebooking_percent between 0 and 100),
    constraint ck_hospital_channel_percents check (cardinality(channel_percents) = 5),
    constraint ck_hospital_horizon_days check (horizon_days between 1 and 28)
);
comment on column hospital.id is 'the source id, such as H001';
comment on column hospital.prebooking_percent is 'this and the five below: null means the default of the region';
comment on column hospital.channel_percents is 'app, call centre, bank, telecom, web';
create index ix_hospital_kind on hospital (kind, id);

create table department (
    id uuid not null,
    hospital text not null,
    code text not null,
    name text not null,
    specialty text,
    initials text not null default '',
    known boolean not null default false,
    constraint pk_department primary key (id),
    constraint uq_department_hospital_code unique (hospital, code),
    constraint fk_department_hospital foreign key (hospital) references hospital (id)
);
create index ix_department_name on department (name, id);

create table practitioner (
    id uuid not null,
    hospital text not null,
    code text not null,
    name text not null,
    title text,
    initials text not null default '',
    known boolean not null default false,
    active boolean not null default true,
    constraint pk_practitioner primary key (id),
    constraint uq_practitioner_hospital_code unique (hospital, code),
    constraint fk_practitioner_hospital foreign key (hospital) references hospital (id)
);

create table practitioner_role (
    id uuid not null,
    hospital text not null,
    code text not null,
    practitioner_id uuid,
    department_id uuid,
    specialty text,
    constraint pk_practitioner_role primary key (id),
    constraint uq_practitioner_role_hospital_code unique (hospital, code),
    constraint fk_practitioner_role_hospital foreign key (hospital) references hospital (id),
    constraint fk_practitioner_role_practitioner foreign key (practitioner_id) references practitioner (id),
    constraint fk_practitioner_role_department foreign key (department_id) references department (id)
);
comment on column practitioner_role.practitioner_id is 'null until the hospital described the role';
create index ix_practitioner_role_practitioner on practitioner_role (practitioner_id, department_id);
create index ix_practitioner_role_department on practitioner_role (department_id);
