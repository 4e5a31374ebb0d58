-- What the index (empi) says about humans, as far as this service needs it. Filled by person.changed events only.
create table person (
    id uuid not null,
    version bigint not null,
    status text not null,
    merged_into uuid,
    suspect boolean not null default false,
    name bytea,
    sex text,
    birth_date date,
    constraint pk_person primary key (id),
    constraint ck_person_status check (status in ('ACTIVE', 'MERGED')),
    constraint ck_person_merged check ((status = 'MERGED') = (merged_into is not null))
);
comment on column person.suspect is 'true after a split until somebody reviewed it: its accounts are suspended';
comment on column person.name is 'sealed, purpose name';
create index ix_person_merged_into on person (merged_into) where merged_into is not null;

-- One hospital's record of a patient and the person it belongs to now. Clinical rows are keyed by it.
create table identity (
    id uuid not null,
    source text not null,
    person uuid not null,
    link_version bigint not null,
    constraint pk_identity primary key (id)
);
comment on column identity.link_version is 'an identity moves only to a newer link';
create index ix_identity_person on identity (person);
