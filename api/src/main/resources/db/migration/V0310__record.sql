-- Results of hospitals, one row per version of a report. Keyed by the hospital's identity of the patient, never by the
-- person: the person comes by joining identity when somebody reads, so that a merge or split moves everything by itself.
create table report (
    id uuid not null,
    identity uuid not null,
    source text not null,
    number_hash bytea not null,
    version int not null,
    status text not null,
    code text,
    title text not null,
    category text,
    hospital text not null,
    effective_at timestamptz,
    issued_at timestamptz not null,
    received_at timestamptz not null,
    abnormal int not null,
    conclusion bytea,
    fingerprint bytea not null,
    release_rule text not null,
    release_at timestamptz,
    released_at timestamptz,
    released_by text,
    superseded_at timestamptz,
    withdrawn boolean not null default false,
    listed boolean not null default false,
    notice_pending boolean not null default false,
    read_at timestamptz,
    constraint pk_report primary key (id),
    constraint uq_report_version unique (source, number_hash, version),
    constraint ck_report_status check (status in ('PRELIMINARY', 'FINAL', 'CORRECTED', 'CANCELLED')),
    constraint ck_report_listed check (not listed or (released_at is not null and not withdrawn))
);
comment on column report.number_hash is 'keyed hash of the hospital''s number of the report (filler order number)';
comment on column report.conclusion is 'sealed, purpose conclusion: free text may name people';
comment on column report.fingerprint is 'SHA-256 of the content: the same content again is no new version';
comment on column report.release_rule is 'id of the rule that decided when the citizen may see it';
comment on column report.release_at is 'when it is released by itself; null: only when a clinician releases it';
comment on column report.withdrawn is 'the hospital moved the report to another patient: nobody reads this version any more';
comment on column report.listed is 'the newest released version of its report';
comment on column report.notice_pending is 'released, and the patient''s account was not told yet';
create unique index uq_report_current on report (source, number_hash) where superseded_at is null;
create unique index uq_report_listed on report (source, number_hash) where listed;
create index ix_report_newest on report (identity, issued_at desc, id desc) where listed;
create index ix_report_release_due on report (release_at)
    where released_at is null and release_at is not null and superseded_at is null;
create index ix_report_notice_pending on report (id) where notice_pending;

create table observation (
    report uuid not null,
    position int not null,
    identity uuid not null,
    loinc text,
    code text,
    name text not null,
    comparator text,
    value numeric,
    unit text,
    value_text bytea,
    flag text,
    low numeric,
    high numeric,
    range_text text,
    at timestamptz,
    constraint pk_observation primary key (report, position),
    constraint fk_observation_report foreign key (report) references report (id),
    constraint ck_observation_flag check (flag in ('N', 'L', 'H', 'LL', 'HH', 'A'))
);
comment on column observation.value_text is 'sealed, purpose observation: free text may name people';
comment on column observation.code is 'the hospital''s own code, when there is no LOINC code';
create index ix_observation_trend on observation (identity, loinc, at desc) where value is not null;
