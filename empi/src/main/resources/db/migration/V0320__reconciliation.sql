-- What a hospital itself has of its patients, compared with what the region told it.
create table reconciliation (
    id uuid not null,
    source text not null,
    asked_by text not null,
    started_at timestamptz not null,
    finished_at timestamptz,
    reached uuid,
    asked bigint not null default 0,
    agreed bigint not null default 0,
    lease_until timestamptz,
    constraint pk_reconciliation primary key (id)
);
comment on column reconciliation.reached is 'the last chart that was compared; the run goes on after it';
create unique index uq_reconciliation_open on reconciliation (source) where finished_at is null;
create index ix_reconciliation_source on reconciliation (source, id desc);

create table reconciliation_difference (
    run uuid not null,
    identity uuid not null,
    person uuid not null,
    kind text not null,
    fields text[] not null,
    told boolean not null,
    constraint pk_reconciliation_difference primary key (run, identity),
    constraint fk_reconciliation_difference_run foreign key (run) references reconciliation (id) on delete cascade,
    constraint ck_reconciliation_difference_kind check (kind in ('DIFFERS', 'UNKNOWN', 'REFUSED', 'UNANSWERED'))
);
comment on column reconciliation_difference.fields is 'HL7 fields that differ, never their values';
comment on column reconciliation_difference.told is 'whether the difference was sent (A31)';
create index ix_identity_source on identity (source, id) where replaced_by is null;
