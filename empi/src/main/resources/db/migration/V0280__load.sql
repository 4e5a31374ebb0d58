-- Loads of institutions' patient files: how far each has come, so that one that was interrupted goes on where it stood.
create table load_run (
    id uuid not null,
    source text not null,
    digest text not null,
    told_at timestamptz not null,
    batch int not null,
    rows_done bigint not null default 0,
    report_bytes bigint not null default 0,
    counts jsonb not null default '{}',
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint pk_load_run primary key (id),
    constraint ck_load_run_batch check (batch > 0)
);
create unique index uq_load_run_open on load_run (source, digest) where finished_at is null;
comment on column load_run.digest is 'SHA-256 of the file';
comment on column load_run.told_at is 'when the institution wrote the file; later messages are not overwritten by it';
comment on column load_run.batch is 'rows in one transaction';
comment on column load_run.report_bytes is 'how long the report is as far as the rows are done';
comment on column load_run.counts is 'rows by outcome (cn.kangka.empi.linking.Outcome.Kind)';

-- Of which identities' persons a receiver has to be told, after a load had told nobody.
create table snapshot (
    receiver text not null,
    load_run uuid not null,
    source text not null,
    after uuid not null,
    upto uuid not null,
    constraint pk_snapshot primary key (receiver, load_run),
    constraint fk_snapshot_load_run foreign key (load_run) references load_run (id)
);
comment on column snapshot.receiver is 'api, or the id of an institution, which hears of whom it knows';
comment on column snapshot.after is 'identities with greater ids are still to be told of; ids grow with time';
comment on column snapshot.upto is 'the last id';
