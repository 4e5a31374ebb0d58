-- One source's record of a patient, keyed (source, local id).
create table identity (
    id uuid not null,
    source text not null,
    local_id_hash bytea not null,
    provisional boolean not null,
    replaced_by uuid,
    version bigint not null,
    told_at timestamptz not null,
    content bytea not null,
    created_at timestamptz not null default now(),
    constraint pk_identity primary key (id),
    constraint uq_identity_source_local_id unique (source, local_id_hash),
    constraint fk_identity_replaced_by foreign key (replaced_by) references identity (id)
);
comment on column identity.content is 'sealed JSON: local id, demographics, PID as received';
comment on column identity.provisional is 'made from the PID of a message that was no registration';
comment on column identity.replaced_by is 'the survivor after the source merged two of its own charts; null while in use';
comment on column identity.told_at is 'when the message came in that content is from; an older one does not overwrite it';

-- What an identity is found by: keyed hashes only.
create table identity_key (
    kind smallint not null,
    hash bytea not null,
    identity uuid not null,
    constraint pk_identity_key primary key (kind, hash, identity),
    constraint fk_identity_key_identity foreign key (identity) references identity (id)
);
create index ix_identity_key_identity on identity_key (identity);
comment on column identity_key.kind is 'cn.kangka.empi.identity.KeyKind';
