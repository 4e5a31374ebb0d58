-- Orders of api for hospitals, and the hospitals' word on them (cn.kangka.empi.booking).
create table booking_order (
    appointment uuid not null,
    version bigint not null,
    action text not null,
    source text not null,
    person uuid not null,
    letter uuid,
    control_id text,
    outcome text not null,
    reason text,
    hospital_reference text,
    received_at timestamptz not null,
    answered_at timestamptz,
    constraint pk_booking_order primary key (appointment, version),
    constraint ck_booking_order_action check (action in ('BOOK', 'CANCEL')),
    constraint ck_booking_order_outcome check (outcome in ('PENDING', 'ACCEPTED', 'REFUSED'))
);
comment on column booking_order.letter is 'the message to the hospital (message.id); null when it has no connection';
comment on column booking_order.control_id is 'MSH-10 of that message, by which a later SRR names the order';
create unique index uq_booking_order_letter on booking_order (letter) where letter is not null;
create index ix_booking_order_control_id on booking_order (source, control_id);
create index ix_booking_order_pending on booking_order (received_at) where outcome = 'PENDING';
-- Drawn under a lock on the appointment.
create sequence booking_answer_version;
