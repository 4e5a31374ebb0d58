-- Cards of persons: the regional health card and hospitals' own cards (就诊卡). The database itself keeps the two
-- rules that must hold whatever happens: one open regional card per person, and a hospital card number once.
create table card (
    id uuid not null,
    person uuid not null,
    kind text not null,
    status text not null,
    source text,
    identity uuid,
    number_sealed bytea not null,
    number_hash bytea,
    since timestamptz not null,
    lost_at timestamptz,
    replaced_by uuid,
    version bigint not null default 1,
    constraint pk_card primary key (id),
    constraint ck_card_kind check (kind in ('REGIONAL', 'HOSPITAL')),
    constraint ck_card_status
        check (status in ('APPLIED', 'ACTIVE', 'FROZEN', 'LOST', 'REPLACED', 'CANCELLED')),
    constraint ck_card_hospital_number
        check ((kind = 'HOSPITAL') = (source is not null and number_hash is not null)),
    constraint ck_card_lost check ((status = 'LOST') = (lost_at is not null))
);
comment on column card.identity is 'whose record at the hospital a hospital card belongs to; it follows it on a split';
comment on column card.since is 'when the present status began';
comment on column card.number_hash is 'keyed hash of a hospital card number; the regional number is sealed only';
create unique index uq_card_open_regional on card (person)
    where kind = 'REGIONAL' and status in ('APPLIED', 'ACTIVE', 'FROZEN', 'LOST');
create unique index uq_card_hospital_number on card (source, number_hash) where kind = 'HOSPITAL';
create index ix_card_person on card (person, id);
create index ix_card_lost_at on card (lost_at) where status = 'LOST';

-- Every change of a card: who, when, why.
create table card_event (
    id uuid not null,
    card uuid not null,
    at timestamptz not null,
    change text not null,
    before_status text,
    after_status text not null,
    person uuid not null,
    actor text not null,
    channel text not null,
    reason text,
    constraint pk_card_event primary key (id),
    constraint fk_card_event_card foreign key (card) references card (id)
);
comment on column card_event.person is 'whose card it was after the change';
create index ix_card_event_card on card_event (card, at, id);

-- Dynamic codes: only a keyed hash is kept, so that nobody who reads the table can show a code.
create table card_code (
    hash bytea not null,
    card uuid not null,
    issued_at timestamptz not null,
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint pk_card_code primary key (hash),
    constraint fk_card_code_card foreign key (card) references card (id)
);
create index ix_card_code_expires_at on card_code (expires_at);

create table card_use (
    id uuid not null,
    card uuid not null,
    at timestamptz not null,
    source text not null,
    scene text not null,
    channel text not null,
    terminal text,
    constraint pk_card_use primary key (id),
    constraint fk_card_use_card foreign key (card) references card (id),
    constraint ck_card_use_scene check (scene in ('REGISTRATION', 'LAB', 'PHARMACY', 'PAYMENT', 'WARD'))
);
create index ix_card_use_card on card_use (card, at desc, id desc);
