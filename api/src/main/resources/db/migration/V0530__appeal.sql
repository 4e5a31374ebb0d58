-- Appeals against marks (missed visits, late cancels): an automatic decision must be explainable and refusable.
create table appeal (
    id uuid not null,
    appointment uuid not null,
    kind text not null,
    words bytea,
    status text not null default 'OPEN',
    asked_at timestamptz not null,
    asked_by_kind text not null,
    asked_by text not null,
    due_at timestamptz not null,
    decided_at timestamptz,
    decided_by text,
    answer text,
    constraint pk_appeal primary key (id),
    constraint uq_appeal_appointment unique (appointment),
    constraint fk_appeal_appointment foreign key (appointment) references appointment (id),
    constraint ck_appeal_kind check (kind in ('NO_SHOW', 'LATE_CANCEL')),
    constraint ck_appeal_status check (status in ('OPEN', 'GRANTED', 'DENIED')),
    constraint ck_appeal_decided check ((status = 'OPEN') = (decided_at is null))
);
comment on column appeal.words is 'sealed: what the person says, which may be about their health';
comment on column appeal.answer is 'what the person is told';
create index ix_appeal_open on appeal (due_at, id) where status = 'OPEN';
create index ix_appointment_marks on appointment (person, start_at desc, id desc)
    where late_cancel or missed_at is not null;
