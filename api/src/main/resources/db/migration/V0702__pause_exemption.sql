-- Adults who lack capacity: marks never pause their booking (as with minors). A row is all that is known of it here.
create table pause_exemption (
    person uuid not null,
    basis text not null,
    set_at timestamptz not null,
    set_by text not null,
    carried_from uuid,
    constraint pk_pause_exemption primary key (person),
    constraint ck_pause_exemption_basis check (basis in ('COURT_RULING', 'DISABILITY_CERTIFICATE', 'MEDICAL_CERTIFICATE'))
);
comment on column pause_exemption.carried_from is 'who was merged into this person and had it; goes when that is undone';
create index ix_pause_exemption_carried on pause_exemption (carried_from) where carried_from is not null;
