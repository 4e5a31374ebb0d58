-- One answer per Idempotency-Key, kept for 24 hours (cn.kangka.kit.idempotency).
create table idempotency_key (
    scope text not null,
    key text not null,
    fingerprint bytea not null,
    status smallint not null,
    body text,
    created_at timestamptz not null default now(),
    constraint pk_idempotency_key primary key (scope, key)
);
create index ix_idempotency_key_created_at on idempotency_key (created_at);
