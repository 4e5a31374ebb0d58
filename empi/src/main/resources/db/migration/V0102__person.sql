-- The cluster of identities believed to be one human.
create table person (
    id uuid not null,
    version bigint not null,
    status text not null,
    merged_into uuid,
    suspect boolean not null default false,
    golden bytea not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint pk_person primary key (id),
    constraint fk_person_merged_into foreign key (merged_into) references person (id),
    constraint ck_person_status check (status in ('ACTIVE', 'MERGED')),
    constraint ck_person_merged_into check ((status = 'MERGED') = (merged_into is not null))
);
create index ix_person_merged_into on person (merged_into) where merged_into is not null;
comment on column person.golden is 'sealed JSON: best value per field and the identity that each came from';

-- Which person an identity belongs to, now and before. One active link per identity, by constraint.
create table link (
    identity uuid not null,
    version bigint not null,
    person uuid not null,
    decided_by text not null,
    rule text not null,
    score double precision,
    since timestamptz not null default now(),
    ended_at timestamptz,
    constraint pk_link primary key (identity, version),
    constraint fk_link_identity foreign key (identity) references identity (id),
    constraint fk_link_person foreign key (person) references person (id),
    constraint ck_link_decided_by check (decided_by in ('AUTO', 'MANUAL'))
);
create unique index uq_link_active on link (identity) where ended_at is null;
create index ix_link_person on link (person) where ended_at is null;

-- Merges and splits, with what it takes to undo them.
create table person_event (
    id uuid not null,
    kind text not null,
    person uuid not null,
    other uuid not null,
    decided_by text not null,
    rule text not null,
    reason text,
    actor text,
    moved jsonb not null,
    at timestamptz not null default now(),
    constraint pk_person_event primary key (id),
    constraint ck_person_event_kind check (kind in ('MERGE', 'SPLIT', 'MOVE'))
);
create index ix_person_event_person on person_event (person, at desc, id desc);
create index ix_person_event_other on person_event (other, at desc, id desc);
comment on column person_event.person is 'survivor of a merge, remainder of a split, new home of a move';
comment on column person_event.other is 'retired by a merge, made by a split, old home of a move';
comment on column person_event.moved is 'identities that moved and the version of the link each had before';
