-- Staff of the sandbox; in production staff log in at the region's OIDC provider and this table is empty.
create table staff (
    username text not null,
    roles text[] not null,
    password_hash text not null,
    imported bytea not null,
    active boolean not null default true,
    wrong_tries smallint not null default 0,
    locked_until timestamptz,
    constraint pk_staff primary key (username)
);
comment on column staff.password_hash is 'PBKDF2: iterations$salt$hash';
comment on column staff.imported is 'keyed hash of the line it came from, so that an unchanged one is not hashed again';
