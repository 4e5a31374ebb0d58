-- Reminders of visits. What is due is noted here, told in the order of visits, and taken back when the booking changes. A
-- reminder is of one booking, window and time: one that was moved is reminded anew.
create table booking_reminder (
    appointment uuid not null,
    kind text not null,
    visit_at timestamptz not null,
    state text not null default 'DUE',
    told uuid[] not null default '{}',
    constraint pk_booking_reminder primary key (appointment, kind, visit_at),
    constraint fk_booking_reminder_appointment foreign key (appointment) references appointment (id) on delete cascade,
    constraint ck_booking_reminder_kind check (kind in ('FIRST', 'EVE', 'LAST')),
    constraint ck_booking_reminder_state check (state in ('DUE', 'TOLD', 'WITHDRAW'))
) with (fillfactor = 70);
comment on column booking_reminder.state is 'WITHDRAW: it was told, and what is not sent yet is to be taken back';
comment on column booking_reminder.told is 'the accounts that were told';
create index ix_booking_reminder_due on booking_reminder (visit_at, appointment, kind) where state = 'DUE';
create index ix_booking_reminder_withdraw on booking_reminder (appointment, kind, visit_at) where state = 'WITHDRAW';
create index ix_booking_reminder_visit_at on booking_reminder (visit_at);

create table reminder_position (
    kind text not null,
    reached_at timestamptz not null,
    reached_id uuid not null,
    constraint pk_reminder_position primary key (kind)
);
comment on table reminder_position is 'the last visit that was noted, by time and booking: nothing is looked at twice';

-- The time that counts is the hospital's, where it says another than ours.
create index ix_appointment_booked_visit_at on appointment ((coalesce(hospital_start, start_at)), id) where status = 'BOOKED';

-- Runs in the transaction of the change, whichever it is; no code calls it by name.
create function reminders_follow_appointment() returns trigger language plpgsql as $$
begin
    delete from booking_reminder where appointment = new.id and state = 'DUE';
    update booking_reminder set state = 'WITHDRAW' where appointment = new.id and state = 'TOLD';
    return null;
end $$;
create trigger appointment_reminder after update of status, start_at, hospital_start on appointment for each row
    when (old.status = 'BOOKED' and (new.status in ('CANCELLED', 'REFUSED', 'STOPPED', 'CHECKED_IN')
        or coalesce(new.hospital_start, new.start_at) <> coalesce(old.hospital_start, old.start_at)))
    execute function reminders_follow_appointment();
