-- A login that goes on: one family of refresh tokens. Kept here, not in the cache: a flushed Redis logs nobody out.
create table session (
    id uuid not null,
    kind text not null,
    subject text not null,
    channel text,
    seed bytea not null,
    generation int not null default 0,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    revoked_at timestamptz,
    revoked_for text,
    constraint pk_session primary key (id),
    constraint ck_session_kind check (kind in ('CITIZEN', 'STAFF')),
    constraint ck_session_revoked check ((revoked_at is null) = (revoked_for is null))
);
comment on column session.subject is 'account id or staff username';
comment on column session.seed is 'sealed, purpose session: the secret of generation n is HMAC(seed, n)';
comment on column session.generation is 'only the token of this generation is good; an older one ends the family';
create index ix_session_subject on session (kind, subject) where revoked_at is null;
create index ix_session_expires_at on session (expires_at);
