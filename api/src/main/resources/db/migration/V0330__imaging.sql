-- What the hospitals' picture archives (PACS) hold, as they answered last. Keyed by the hospital's identity of the
-- patient. No pixels here: they come from the archive when somebody looks.
create table imaging_patient (
    identity uuid not null,
    local_id bytea not null,
    refreshed_at timestamptz not null,
    constraint pk_imaging_patient primary key (identity)
);
comment on column imaging_patient.local_id is 'sealed, purpose patient-id: what the archive must call the patient';

create table imaging_study (
    id uuid not null,
    identity uuid not null,
    source text not null,
    study_uid text not null,
    modality text,
    description text,
    study_at timestamptz not null,
    images int,
    constraint pk_imaging_study primary key (id),
    constraint uq_imaging_study unique (source, study_uid)
);
create index ix_imaging_study_newest on imaging_study (identity, study_at desc, id desc);

create table imaging_instance (
    study uuid not null,
    instance_uid text not null,
    series_uid text not null,
    constraint pk_imaging_instance primary key (study, instance_uid),
    constraint fk_imaging_instance_study foreign key (study) references imaging_study (id) on delete cascade
);
comment on table imaging_instance is 'which series an image is in; filled when its study is opened';
