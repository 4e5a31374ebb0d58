-- Who is connected now, told by each instance of the service every few seconds.
create unlogged table hospital_line (
    instance text not null,
    direction text not null,
    source text,
    remote text not null,
    since timestamptz not null,
    messages bigint not null,
    last_at timestamptz,
    failure text,
    seen_at timestamptz not null
);
comment on table hospital_line is 'a connection of a hospital to us (IN) or of us to a hospital (OUT)';
comment on column hospital_line.source is 'null until the first message says who sends';
comment on column hospital_line.failure is 'why it is not open; null while it is';
create index ix_hospital_line_instance on hospital_line (instance);

-- Messages that staff asked to be handled or sent again, oldest first.
create table message_replay (
    message uuid not null,
    asked_by text not null,
    reason text not null,
    asked_at timestamptz not null default now(),
    lease_until timestamptz,
    constraint pk_message_replay primary key (message)
);
comment on column message_replay.lease_until is 'until then it is the work of one instance; null when of none';
comment on table message_replay is 'a row goes when its message was done again, however that ended';
