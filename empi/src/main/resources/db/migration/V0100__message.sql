-- Everything received from or sent to an institution, whole, with its outcome.
create table message (
    id uuid not null,
    direction text not null,
    source text,
    sender text not null,
    code text not null,
    trigger_event text not null,
    control_id text not null,
    received_at timestamptz not null,
    state text not null,
    ack text,
    error text,
    body bytea not null,
    charset text not null,
    content_hash bytea not null,
    answer bytea,
    identity uuid,
    person uuid,
    trace text,
    handled_at timestamptz,
    attempts int not null default 0,
    repeats int not null default 0,
    constraint pk_message primary key (id),
    constraint ck_message_direction check (direction in ('IN', 'OUT')),
    constraint ck_message_state check (state in
        ('RECEIVED', 'ACCEPTED', 'REFUSED', 'FAILED', 'QUEUED', 'DELIVERED', 'PARKED')),
    constraint uq_message_once unique (sender, control_id, content_hash, direction)
);
comment on column message.source is 'configured institution: the sender (IN) or the receiver (OUT); null when unknown';
comment on column message.sender is 'MSH-3/MSH-4 as received (IN), or the destination and message id (OUT)';
comment on column message.body is 'sealed bytes as received or sent';
comment on column message.repeats is 'how often the same message came again';
comment on column message.answer is 'sealed acknowledgement or response';
comment on column message.error is 'what the ERR segments or the receiver said; never an identifier of a patient';
create index ix_message_received_at on message (received_at desc, id desc);
create index ix_message_source on message (source, received_at desc, id desc);
create index ix_message_unhandled on message (received_at, id) where direction = 'IN' and state in ('RECEIVED', 'FAILED');
create index ix_message_identity on message (identity, received_at desc) where identity is not null;
create index ix_message_person on message (person, received_at desc) where person is not null;
