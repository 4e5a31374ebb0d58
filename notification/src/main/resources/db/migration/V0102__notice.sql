-- What was asked for, and every single way in which it goes out.
create table notice (
    id uuid not null,
    producer text not null,
    key text not null,
    fingerprint bytea not null,
    class text not null,
    template text not null,
    template_version int not null,
    locale text not null,
    account uuid,
    subject_person uuid,
    phone bytea,
    content bytea not null,
    link text,
    not_before timestamptz,
    expires_at timestamptz,
    trace text,
    created_at timestamptz not null,
    cancelled_at timestamptz,
    constraint pk_notice primary key (id),
    constraint uq_notice_key unique (producer, key),
    constraint ck_notice_class check (class in ('URGENT', 'TRANSACTIONAL', 'REMINDER', 'CAMPAIGN')),
    constraint ck_notice_recipient check ((account is null) <> (phone is null))
);
comment on column notice.fingerprint is 'keyed hash of everything the producer said under this key';
comment on column notice.phone is 'sealed; only for people without an account (login codes)';
comment on column notice.content is 'sealed JSON: the rendered texts {title, body, push, sms}';
create index ix_notice_created_at on notice (created_at);

create table delivery (
    id uuid not null,
    notice uuid not null,
    account uuid,
    channel text not null,
    endpoint uuid,
    lane text not null,
    state text not null,
    due_at timestamptz not null,
    attempts int not null default 0,
    reason text,
    provider_id text,
    created_at timestamptz not null,
    settled_at timestamptz,
    constraint pk_delivery primary key (id),
    -- One push per device and one SMS per notice, whatever happens.
    constraint uq_delivery_notice unique nulls not distinct (notice, channel, endpoint),
    constraint fk_delivery_notice foreign key (notice) references notice (id) on delete cascade,
    constraint ck_delivery_state check (state in ('QUEUED', 'HELD', 'CLAIMED', 'SENT', 'ROUTED', 'SKIPPED',
        'CANCELLED', 'EXPIRED', 'FAILED', 'PARKED'))
);
comment on column delivery.channel is 'INBOX, SMS, FCM …; PUSH is the intent that becomes one row per device (ROUTED)';
comment on column delivery.due_at is 'when to look at it next; while CLAIMED the end of the lease';
create index ix_delivery_due on delivery (lane, channel, due_at) where state in ('QUEUED', 'HELD', 'CLAIMED');
create index ix_delivery_state on delivery (state, created_at desc, id desc) where state in ('PARKED', 'FAILED');
create index ix_delivery_account on delivery (account, created_at desc, id desc);
