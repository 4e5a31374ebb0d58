-- Two-way referrals (双向转诊): who refers whom where and why, and what became of it. Reason, answer and reply are sealed.
-- States and who may change them: ReferralPolicy.
create table referral (
    id uuid not null,
    person uuid not null,
    from_source text not null,
    to_source text not null,
    department_id uuid,
    practitioner_id uuid,
    direction text not null,
    urgency text not null,
    reason bytea not null,
    preferred_from date,
    preferred_to date,
    status text not null,
    consent text not null,
    consent_at timestamptz,
    appointment uuid,
    answer bytea,
    reply bytea,
    number_hash bytea,
    made_at timestamptz not null,
    made_by_kind text not null,
    made_by text not null,
    changed_at timestamptz not null,
    expires_at timestamptz not null,
    merged_from uuid[] not null default '{}',
    constraint pk_referral primary key (id),
    constraint fk_referral_from foreign key (from_source) references hospital (id),
    constraint fk_referral_to foreign key (to_source) references hospital (id),
    constraint fk_referral_department foreign key (department_id) references department (id),
    constraint fk_referral_practitioner foreign key (practitioner_id) references practitioner (id),
    constraint fk_referral_appointment foreign key (appointment) references appointment (id),
    constraint uq_referral_number unique (from_source, number_hash),
    constraint ck_referral_parties check (from_source <> to_source),
    constraint ck_referral_direction check (direction in ('UP', 'DOWN')),
    constraint ck_referral_urgency check (urgency in ('ROUTINE', 'URGENT')),
    constraint ck_referral_status check (status in
        ('REQUESTED', 'ACCEPTED', 'BOOKED', 'SEEN', 'REPORTED_BACK', 'DECLINED', 'CANCELLED', 'EXPIRED')),
    constraint ck_referral_consent check (consent in ('NONE', 'ASKED', 'GIVEN', 'PAPER', 'REFUSED')),
    constraint ck_referral_booked check ((status = 'BOOKED') <= (appointment is not null))
) with (fillfactor = 80);
comment on column referral.reason is 'sealed, purpose referral: code and text';
comment on column referral.answer is 'sealed: why it was declined or cancelled';
comment on column referral.reply is 'sealed: what the receiving institution reports back';
comment on column referral.consent is 'to share the documents: NONE without documents, PAPER signed at the referring institution';
comment on column referral.number_hash is 'keyed hash of the referring system''s own number, when it came by HL7';
comment on column referral.merged_from is 'persons it belonged to before merges, the last one at the end';
create index ix_referral_from on referral (from_source, made_at desc, id desc);
create index ix_referral_to on referral (to_source, made_at desc, id desc);
create index ix_referral_person on referral (person, made_at desc, id desc);
create index ix_referral_booked on referral (appointment) where status = 'BOOKED';
create index ix_referral_open on referral (expires_at) where status in ('REQUESTED', 'ACCEPTED');
create index ix_referral_merged_from on referral ((merged_from[cardinality(merged_from)])) where merged_from <> '{}';

-- Reports of the referring institution that go with it, once the person agreed.
create table referral_document (
    referral uuid not null,
    position int not null,
    report uuid not null,
    constraint pk_referral_document primary key (referral, position),
    constraint uq_referral_document_report unique (referral, report),
    constraint fk_referral_document_referral foreign key (referral) references referral (id),
    constraint fk_referral_document_report foreign key (report) references report (id)
);

-- Every state it was in, for both sides and the person.
create table referral_step (
    referral uuid not null,
    position int not null,
    status text not null,
    at timestamptz not null,
    by_kind text not null,
    by_id text not null,
    constraint pk_referral_step primary key (referral, position),
    constraint fk_referral_step_referral foreign key (referral) references referral (id)
);

create index ix_appointment_moved_from on appointment (moved_from) where moved_from is not null;
