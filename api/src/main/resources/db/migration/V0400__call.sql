-- A caller on the phone: which agent talks to whom, and how far the caller proved who they are.
create table call (
    id uuid not null,
    agent text not null,
    person uuid not null,
    level smallint not null default 0,
    failures smallint not null default 0,
    opened_at timestamptz not null default now(),
    ended_at timestamptz,
    expires_at timestamptz not null,
    constraint pk_call primary key (id),
    constraint ck_call_level check (level between 0 and 2)
);
-- An agent talks to one person at a time.
create unique index uq_call_open on call (agent) where ended_at is null;
create index ix_call_person on call (person, opened_at desc);
