-- Codes sent to phones: hashed, for one purpose, few tries, short-lived. Rows of the last hours also count the limits.
create table login_code (
    id uuid not null,
    phone_hash bytea not null,
    purpose text not null,
    code_hash bytea not null,
    sent_at timestamptz not null,
    expires_at timestamptz not null,
    tries smallint not null default 0,
    used_at timestamptz,
    constraint pk_login_code primary key (id)
);
create index ix_login_code_phone_hash on login_code (phone_hash, purpose, sent_at desc);
create index ix_login_code_sent_at on login_code (sent_at);
