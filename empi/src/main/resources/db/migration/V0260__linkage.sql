-- Keys as numbers, for people who search and for the linking engine; keyed hashes as before, the first 8 bytes of each.
-- No foreign key: identities are never deleted, and checking one per key would double the cost of a load.
create table identity_key_now (
    key bigint not null,
    identity uuid not null,
    constraint pk_identity_key_now primary key (key, identity)
);
insert into identity_key_now
    select distinct ('x' || encode(substring(hash from 1 for 8), 'hex'))::bit(64)::bigint, identity from identity_key;
drop table identity_key;
alter table identity_key_now rename to identity_key;
alter table identity_key rename constraint pk_identity_key_now to pk_identity_key;
comment on column identity_key.key is 'keyed hash of a kind (cn.kangka.empi.identity.KeyKind) and a value';

-- Models and parameters that decided, whole, so that every decision can be explained for ever.
create table linkage_model (
    version text not null,
    name text not null,
    model text not null,
    parameters text not null,
    first_used_at timestamptz not null default now(),
    keyed_to uuid,
    keyed boolean not null default false,
    constraint pk_linkage_model primary key (version)
);
comment on column linkage_model.version is 'SHA-256 of model and parameters, first 16 hexadecimal digits';
comment on column linkage_model.keyed_to is 'identities up to this one have the keys of its blocks';
comment on column linkage_model.keyed is 'whether all have';

-- Pairs of identities of which a human said that they are two; no rule joins them.
create table not_same (
    one uuid not null,
    other uuid not null,
    since timestamptz not null default now(),
    constraint pk_not_same primary key (one, other),
    constraint ck_not_same_order check (one < other)
);

-- Doubtful pairs, for a registrar.
create table review_task (
    id uuid not null,
    one uuid not null,
    other uuid not null,
    probability double precision not null,
    veto text,
    model text not null,
    state text not null default 'OPEN',
    created_at timestamptz not null default now(),
    decided_at timestamptz,
    decided_by text,
    reason text,
    seconds int,
    event uuid,
    constraint pk_review_task primary key (id),
    constraint uq_review_task_pair unique (one, other),
    constraint fk_review_task_one foreign key (one) references identity (id),
    constraint fk_review_task_other foreign key (other) references identity (id),
    constraint ck_review_task_order check (one < other),
    constraint ck_review_task_state check (state in ('OPEN', 'LATER', 'SAME', 'DIFFERENT', 'SETTLED')),
    constraint ck_review_task_seconds check (seconds >= 0)
);
create index ix_review_task_probability on review_task (state, probability desc, id) where state in ('OPEN', 'LATER');
create index ix_review_task_age on review_task (state, created_at, id) where state in ('OPEN', 'LATER');
create index ix_review_task_other on review_task (other);
create index ix_review_task_decided on review_task (decided_at desc, id desc) where state in ('SAME', 'DIFFERENT');
comment on column review_task.veto is 'name of the veto that forbade the join; null when the pair was only not likely enough';
comment on column review_task.model is 'linkage_model.version';
comment on column review_task.state is 'SETTLED: other facts decided before a human did';
comment on column review_task.seconds is 'how long the human looked at it';
comment on column review_task.event is 'what the decision did to persons (person_event.id); null when it did nothing to them';

-- Undoing is an event as well, and every event can be undone once.
alter table person_event drop constraint ck_person_event_kind;
alter table person_event add constraint ck_person_event_kind check (kind in ('MERGE', 'SPLIT', 'MOVE', 'UNDO'));
alter table person_event add column was_suspect boolean not null default false;
alter table person_event add column apart jsonb not null default '[]';
alter table person_event add column undoes uuid;
create unique index uq_person_event_undoes on person_event (undoes) where undoes is not null;
comment on column person_event.was_suspect is 'whether the person waited for a review before';
comment on column person_event.apart is 'pairs that had been kept apart by a human until this event';
comment on column person_event.undoes is 'the event that an UNDO took back';
