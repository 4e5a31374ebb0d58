-- Events that must not be lost: written with the fact, delivered at least once, in order per
-- (destination, aggregate) and per (destination, barrier). Delivered rows are deleted. (cn.kangka.kit.outbox)
create table outbox (
    id bigint generated always as identity,
    event_id uuid not null,
    destination text not null,
    aggregate text not null,
    barrier text,
    version bigint not null,
    type text not null,
    payload bytea not null,
    trace text,
    created_at timestamptz not null default now(),
    attempts int not null default 0,
    due_at timestamptz not null default now(),
    parked_at timestamptz,
    reason text,
    constraint pk_outbox primary key (id),
    constraint uq_outbox_event_id unique (event_id)
);
comment on column outbox.payload is 'sealed JSON';
comment on column outbox.barrier is 'a second aggregate that waits for this event, and it for that one (merge, split)';
create index ix_outbox_due on outbox (destination, due_at, id) where parked_at is null;
create index ix_outbox_aggregate on outbox (destination, aggregate, id);
create index ix_outbox_barrier on outbox (destination, barrier, id) where barrier is not null;
