-- Who is told of patients by FHIR messages (IHE PMIR ITI-94).
create table fhir_subscription (
    id uuid not null,
    source text not null,
    status text not null,
    content bytea not null,
    error text,
    made_at timestamptz not null default now(),
    changed_at timestamptz not null default now(),
    version bigint not null default 1,
    constraint pk_fhir_subscription primary key (id),
    constraint ck_fhir_subscription_status check (status in ('active', 'off', 'error'))
);
comment on table fhir_subscription is 'Subscriptions of institutions, by their own request';
comment on column fhir_subscription.content is 'the sealed Subscription resource; its headers may hold secrets';
comment on column fhir_subscription.error is 'why the last message was not taken; null when it was';
create index ix_fhir_subscription_source on fhir_subscription (source, made_at, id);
create index ix_fhir_subscription_active on fhir_subscription (source) where status <> 'off';
