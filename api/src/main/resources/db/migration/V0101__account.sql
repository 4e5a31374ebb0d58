-- A login: a phone, and once proven a person.
create table account (
    id uuid not null,
    phone_hash bytea not null,
    phone bytea not null,
    person uuid,
    level smallint not null default 0,
    status text not null default 'ACTIVE',
    suspended_for text,
    locale text not null default 'zh-CN',
    version bigint not null default 1,
    identity_tries smallint not null default 0,
    identity_tried_at timestamptz,
    identity_paused_until timestamptz,
    created_at timestamptz not null default now(),
    constraint pk_account primary key (id),
    constraint ck_account_level check (level between 0 and 3),
    constraint ck_account_status check (status in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
    constraint ck_account_suspended check (
        (status = 'SUSPENDED') = (suspended_for is not null) and suspended_for in ('SUSPECT', 'MERGED', 'OPERATOR')),
    constraint ck_account_person check (person is not null or level = 0)
);
comment on column account.phone is 'sealed, purpose phone; phone_hash is for exact look-ups';
comment on column account.suspended_for is 'SUSPECT ends with the review of the person; the others take an operator';
-- A suspended account keeps its phone: nobody gets round a suspension by logging in again.
create unique index uq_account_phone_hash on account (phone_hash) where status <> 'CLOSED';
create unique index uq_account_person on account (person) where status = 'ACTIVE';
create index ix_account_person on account (person);
