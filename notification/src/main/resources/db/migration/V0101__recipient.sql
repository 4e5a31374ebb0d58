-- Whom to reach: who an account is (api tells), its devices (the citizen's app tells), what it wants.
create table account_contact (
    account uuid not null,
    phone bytea,
    locale text not null,
    active boolean not null,
    version bigint not null,
    updated_at timestamptz not null default now(),
    constraint pk_account_contact primary key (account),
    constraint ck_account_contact_locale check (locale in ('zh-CN', 'en'))
);
comment on column account_contact.phone is 'sealed';
comment on column account_contact.version is 'api''s version of the account; an older one is ignored';

create table endpoint (
    id uuid not null,
    account uuid not null,
    kind text not null,
    token bytea not null,
    token_hash bytea not null,
    created_at timestamptz not null,
    seen_at timestamptz not null,
    disabled_at timestamptz,
    disabled_reason text,
    constraint pk_endpoint primary key (id),
    -- A device belongs to the account that registered it last.
    constraint uq_endpoint_token unique (kind, token_hash)
);
comment on column endpoint.token is 'sealed';
create index ix_endpoint_account on endpoint (account, kind) where disabled_at is null;

create table preference (
    account uuid not null,
    version bigint not null,
    quiet_from time not null,
    quiet_to time not null,
    transactional_push boolean not null,
    transactional_sms boolean not null,
    reminder_push boolean not null,
    reminder_sms boolean not null,
    campaign_push boolean not null,
    campaign_sms boolean not null,
    constraint pk_preference primary key (account)
);
comment on table preference is 'absent row = the defaults of kangka.preference';
