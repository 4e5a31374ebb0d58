-- Machines that log in with a key of their own: partners, hospital terminals, hospital systems, services for checks.
create table client (
    id text not null,
    role text not null,
    name text,
    channel text,
    source text,
    scopes text[] not null,
    jwk text not null,
    active boolean not null default true,
    registered_at timestamptz not null default now(),
    constraint pk_client primary key (id),
    constraint ck_client_role check (role in ('partner', 'terminal', 'hospital', 'service')),
    constraint ck_client_channel check ((role = 'partner') = (channel is not null)),
    constraint ck_client_source check ((role in ('terminal', 'hospital')) = (source is not null))
);
comment on column client.jwk is 'public key as a JSON Web Key (RFC 7517)';
comment on column client.name is 'shown to citizens in their access log; null for the kind of client';

-- Assertions that were used: each is good once (RFC 7523, jti).
create table client_assertion (
    client text not null,
    jti text not null,
    expires_at timestamptz not null,
    constraint pk_client_assertion primary key (client, jti)
);
create index ix_client_assertion_expires_at on client_assertion (expires_at);
