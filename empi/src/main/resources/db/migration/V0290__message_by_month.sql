-- The message log by month: ids are UUIDv7, so a range of ids is a range of time. A month is dropped whole when its time is over,
-- and what is asked newest first reads the newest month only.
alter table message rename to message_before;
alter table message_before rename constraint pk_message to pk_message_before;
alter table message_before drop constraint ck_message_state;
alter table message_before drop constraint ck_message_direction;
drop index uq_message_received_once, ix_message_received_at, ix_message_source, ix_message_unhandled,
    ix_message_identity, ix_message_person;

create table message (
    id uuid not null,
    direction text not null,
    source text,
    sender text not null,
    code text not null,
    trigger_event text not null,
    control_id text not null,
    received_at timestamptz not null,
    state text not null,
    ack text,
    error text,
    body bytea not null,
    charset text not null,
    answer bytea,
    identity uuid,
    person uuid,
    trace text,
    handled_at timestamptz,
    attempts int not null default 0,
    repeats int not null default 0,
    errors int not null default 0,
    constraint pk_message primary key (id),
    constraint ck_message_direction check (direction in ('IN', 'OUT')),
    constraint ck_message_state check (state in
        ('RECEIVED', 'ACCEPTED', 'REFUSED', 'FAILED', 'QUEUED', 'DELIVERED', 'PARKED'))
) partition by range (id);
comment on table message is 'Everything received from or sent to an institution, whole, with its outcome; a partition a month';
comment on column message.source is 'configured institution: the sender (IN) or the receiver (OUT); null when unknown';
comment on column message.sender is 'MSH-3/MSH-4 as received (IN), or the destination and message id (OUT)';
comment on column message.body is 'sealed bytes as received or sent';
comment on column message.repeats is 'how often the same message came again';
comment on column message.answer is 'sealed acknowledgement or response';
comment on column message.error is 'what the ERR segments or the receiver said; never an identifier of a patient';
comment on column message.errors is 'how often it was answered by AE (OUT)';
-- What follows the id narrows a search inside the index, so that one that finds nothing reads no message.
create index ix_message_source on message (source, id, direction, state);
create index ix_message_type on message (code, trigger_event, id, direction, state);
create index ix_message_source_type on message (source, code, trigger_event, id, direction, state);
create index ix_message_person on message (person, id) where person is not null;
create index ix_message_identity on message (identity, received_at desc) where identity is not null;
create index ix_message_control_id on message (control_id, id);
create index ix_message_unusual on message (id, state, source, code, direction, received_at)
    where state not in ('ACCEPTED', 'DELIVERED');
create table message_of_no_month partition of message default;

-- The least UUIDv7 of an instant.
create function message_id_at(at timestamptz) returns uuid language sql immutable strict as
$$ select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

-- Makes the partition of an instant's month (UTC) unless it is there; what came without one moves into it.
create function message_month(at timestamptz) returns void language plpgsql as $month$
declare
    first timestamptz := date_trunc('month', at, 'UTC');
    name text := 'message_' || to_char(first at time zone 'UTC', 'YYYY_MM');
    least uuid := message_id_at(first);
    beyond uuid := message_id_at(date_trunc('month', first + interval '32 days', 'UTC'));
begin
    if to_regclass(name) is not null then
        return;
    end if;
    perform pg_advisory_xact_lock(hashtext('message_month'));
    if to_regclass(name) is not null then
        return;
    end if;
    create temp table message_moving on commit drop as
        select * from message_of_no_month where id >= least and id < beyond;
    delete from message_of_no_month where id >= least and id < beyond;
    execute format('create table %I partition of message for values from (%L) to (%L)', name, least, beyond);
    insert into message select * from message_moving;
    drop table message_moving;
    -- A type goes one way, and an institution sends some types only. Whoever plans a search for what never was must know it, or
    -- reads the whole month for it.
    execute format('create statistics %I (mcv) on direction, code, trigger_event from %I', name || '_types', name);
    execute format('create statistics %I (mcv) on source, code, trigger_event from %I', name || '_senders', name);
    execute format('alter statistics %I set statistics 1000', name || '_senders');
end
$month$;

-- Drops the months that ended before an instant, but none with a message that nobody could handle yet; says which.
create function drop_messages_before(at timestamptz) returns setof text language plpgsql as $drop$
declare
    name text;
    unfinished boolean;
begin
    for name in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = 'message'::regclass and c.relname ~ '^message_[0-9]{4}_[0-9]{2}$'
            and c.relname < 'message_' || to_char(at at time zone 'UTC', 'YYYY_MM')
        order by c.relname
    loop
        execute format('select exists (select from %I where direction = ''IN'' and state in (''RECEIVED'', ''FAILED''))', name)
            into unfinished;
        if not unfinished then
            execute format('delete from message_once where message in (select id from %I)', name);
            execute format('drop table %I', name);
            return next name;
        end if;
    end loop;
end
$drop$;

do $months$
declare
    month timestamptz;
begin
    for month in
        select generate_series(date_trunc('month', coalesce(min(received_at), now()), 'UTC'), now() + interval '32 days',
            interval '1 month') from message_before
    loop
        perform message_month(month);
    end loop;
end
$months$;

insert into message (id, direction, source, sender, code, trigger_event, control_id, received_at, state, ack, error, body,
    charset, answer, identity, person, trace, handled_at, attempts, repeats, errors)
select id, direction, source, sender, code, trigger_event, control_id, received_at, state, ack, error, body, charset, answer,
    identity, person, trace, handled_at, attempts, repeats, errors from message_before;

-- What was received, so that it is handled once: as unique as no partition can be.
create table message_once (
    key bytea not null,
    message uuid not null,
    constraint pk_message_once primary key (key)
);
comment on column message_once.key is 'SHA-256 of sender, control id and keyed hash of the body';
create index ix_message_once_message on message_once (message);
insert into message_once (key, message)
select sha256(convert_to(sender || E'\x1c' || control_id || E'\x1c', 'UTF8') || content_hash), id
from message_before where direction = 'IN' and code <> 'FHIR'
on conflict do nothing;
drop table message_before;
