-- Allergies and prescriptions as the hospitals tell them, and the alerts that follow. All keyed by the hospital's
-- identity of the patient; whose they are is decided by the identity's link when somebody reads.
create table allergy (
    id uuid not null,
    identity uuid not null,
    source text not null,
    key_hash bytea not null,
    code text,
    substance bytea not null,
    reaction bytea,
    criticality text,
    active boolean not null,
    told_at timestamptz not null,
    received_at timestamptz not null,
    check_due boolean not null default true,
    constraint pk_allergy primary key (id),
    constraint uq_allergy unique (source, identity, key_hash)
);
comment on column allergy.key_hash is 'keyed hash of what names the allergy at the hospital';
comment on column allergy.substance is 'sealed, purpose allergy: the text as entered';
comment on column allergy.told_at is 'when the hospital wrote it; an older message changes nothing';
comment on column allergy.check_due is 'not yet compared, because the index has not told whose the identity is';
create index ix_allergy_identity on allergy (identity);
create index ix_allergy_check_due on allergy (identity) where check_due;

create table medication_order (
    id uuid not null,
    identity uuid not null,
    source text not null,
    key_hash bytea not null,
    code text,
    medication bytea not null,
    active boolean not null,
    ordered_at timestamptz not null,
    told_at timestamptz not null,
    received_at timestamptz not null,
    check_due boolean not null default true,
    constraint pk_medication_order primary key (id),
    constraint uq_medication_order unique (source, key_hash)
);
comment on column medication_order.key_hash is 'keyed hash of the hospital''s order number';
comment on column medication_order.medication is 'sealed, purpose medication: the text as entered';
create index ix_medication_order_identity on medication_order (identity, ordered_at desc);
create index ix_medication_order_check_due on medication_order (identity) where check_due;

create table safety_alert (
    id uuid not null,
    allergy uuid not null,
    medication_order uuid not null,
    tier smallint not null,
    rule text not null,
    ingredient_group text not null,
    raised_at timestamptz not null,
    notice_pending boolean not null default true,
    told boolean not null default false,
    constraint pk_safety_alert primary key (id),
    constraint uq_safety_alert unique (medication_order, allergy),
    constraint fk_safety_alert_allergy foreign key (allergy) references allergy (id),
    constraint fk_safety_alert_medication_order foreign key (medication_order) references medication_order (id),
    constraint ck_safety_alert_tier check (tier in (1, 2))
);
comment on column safety_alert.ingredient_group is 'what both have in common; one person has one alert per order and group';
comment on column safety_alert.told is 'a notice went out for it';
create index ix_safety_alert_allergy on safety_alert (allergy);
create index ix_safety_alert_notice_pending on safety_alert (id) where notice_pending;
