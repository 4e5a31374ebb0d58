-- Draws (摇号): a scarce session's units are given in a random order that was fixed by a hash before anybody entered and can
-- be computed anew by everybody. A draw has the id of its session. Locks: person, session, draw, entry; entering takes the
-- draw's row in share (its foreign key does), closing and stopping take it alone, so that no entry slips past them.
alter table clinic_session add column mode_kept boolean not null default false;
comment on column clinic_session.mode_kept is
    'its draw was opened, or it was too late for one: what the hospital says of the mode no longer counts';
create index ix_clinic_session_undrawn on clinic_session (release_at) where mode = 'DRAW' and not mode_kept;

create table draw (
    id uuid not null,
    status text not null default 'OPEN',
    opens_at timestamptz not null,
    closes_at timestamptz not null,
    draws_at timestamptz not null,
    commitment text not null,
    seed bytea not null,
    revealed text,
    entries int not null default 0,
    digest text,
    units int,
    reached int not null default 0,
    closed_at timestamptz,
    drawn_at timestamptz,
    ended_at timestamptz,
    constraint pk_draw primary key (id),
    constraint fk_draw_session foreign key (id) references clinic_session (id),
    constraint ck_draw_status check (status in ('OPEN', 'CLOSED', 'DRAWN', 'DONE', 'STOPPED')),
    constraint ck_draw_times check (opens_at < closes_at and closes_at <= draws_at),
    constraint ck_draw_sealed check ((revealed is not null) = (drawn_at is not null))
);
comment on column draw.commitment is 'SHA-256 of the seed, published before anybody can enter';
comment on column draw.seed is 'sealed until it is drawn';
comment on column draw.revealed is 'the seed, from the draw on';
comment on column draw.digest is 'SHA-256 of the closed list, published before the seed';
comment on column draw.entries is 'in the closed list; before, counted now and then';
comment on column draw.units is 'that there were to give when it was drawn';
comment on column draw.reached is 'up to which place of the order units were given';
create index ix_draw_running on draw (closes_at, id) where status in ('OPEN', 'CLOSED', 'DRAWN');

create table draw_entry (
    id uuid not null,
    draw_id uuid not null,
    person uuid not null,
    slot_id uuid,
    channel int not null,
    waiting boolean not null,
    status text not null default 'ENTERED',
    reason text,
    appointment uuid,
    entered_at timestamptz not null,
    entered_by_kind text not null,
    entered_by text not null,
    ended_at timestamptz,
    told text,
    constraint pk_draw_entry primary key (id),
    constraint fk_draw_entry_draw foreign key (draw_id) references draw (id),
    constraint fk_draw_entry_slot foreign key (slot_id) references slot (id),
    constraint ck_draw_entry_channel check (channel between 1 and 5),
    constraint ck_draw_entry_status check (status in ('ENTERED', 'LEFT', 'WON', 'LOST', 'PASSED', 'STOPPED')),
    constraint ck_draw_entry_won check ((status = 'WON') = (appointment is not null))
) with (fillfactor = 80);
comment on column draw_entry.id is 'random, not by time: it is published, and says nothing of anybody';
comment on column draw_entry.slot_id is 'the band that is wanted first';
comment on column draw_entry.waiting is 'whoever loses wants to wait for the session';
comment on column draw_entry.reason is 'the rule for which somebody was passed over';
comment on column draw_entry.told is 'the last status that the person was told of';
create unique index uq_draw_entry_person_draw on draw_entry (person, draw_id) where status = 'ENTERED';
create index ix_draw_entry_listed on draw_entry (draw_id, id) where status <> 'LEFT';
create index ix_draw_entry_person on draw_entry (person, entered_at desc, id desc);
create index ix_draw_entry_untold on draw_entry (id)
    where status in ('LOST', 'PASSED', 'STOPPED') and told is distinct from status;

-- The order that was drawn. Written once, in one statement, and never changed: without foreign keys, whose look-ups would take
-- longer than all the rest.
create table draw_place (
    draw_id uuid not null,
    rank int not null,
    entry_id uuid not null,
    constraint pk_draw_place primary key (draw_id, rank),
    constraint uq_draw_place_entry unique (entry_id)
);

-- Opens a session's draw under a commitment. False when there is nothing to open: opened by somebody else, or no draw.
create function open_draw(
    p_session uuid, p_opens timestamptz, p_closes timestamptz, p_draws timestamptz, p_commitment text, p_seed bytea)
returns boolean language plpgsql as $$
begin
    update clinic_session set mode_kept = true
    where id = p_session and mode = 'DRAW' and not mode_kept and status = 'OPEN';
    if not found then
        return false;
    end if;
    insert into draw (id, opens_at, closes_at, draws_at, commitment, seed)
    values (p_session, p_opens, p_closes, p_draws, p_commitment, p_seed);
    return true;
end $$;

-- Enters a person whose lock is held. 'ENTERED', or why not.
create function enter_draw(
    p_id uuid, p_person uuid, p_draw uuid, p_slot uuid, p_channel int, p_waiting boolean, p_most int, p_now timestamptz,
    p_by_kind text, p_by text)
returns text language plpgsql as $$
declare
    d draw%rowtype;
begin
    select * into d from draw where id = p_draw for key share;
    if d.status <> 'OPEN' or p_now >= d.closes_at then
        return 'CLOSED';
    end if;
    if exists (select 1 from appointment where person = p_person and session_id = p_draw
            and status in ('BOOKED', 'CHECKED_IN')) then
        return 'BOOKED_ALREADY';
    end if;
    if (select count(*) from draw_entry where person = p_person and status = 'ENTERED') >= p_most then
        return 'TOO_MANY';
    end if;
    insert into draw_entry (id, draw_id, person, slot_id, channel, waiting, entered_at, entered_by_kind, entered_by)
    values (p_id, p_draw, p_person, p_slot, p_channel, p_waiting, p_now, p_by_kind, p_by);
    return 'ENTERED';
end $$;

-- Takes an entry back while the window is open. 'LEFT', also when it has ended, or 'CLOSED'.
create function leave_draw(p_entry uuid, p_now timestamptz) returns text language plpgsql as $$
declare
    v_open boolean;
begin
    select d.status = 'OPEN' and p_now < d.closes_at into v_open
    from draw d where d.id = (select draw_id from draw_entry where id = p_entry) for key share;
    if v_open then
        update draw_entry set status = 'LEFT', ended_at = p_now where id = p_entry and status = 'ENTERED';
        return 'LEFT';
    end if;
    return case when (select status from draw_entry where id = p_entry) = 'ENTERED' then 'CLOSED' else 'LEFT' end;
end $$;

-- SHA-256 of a text's UTF-8 bytes in lower-case hex, as sha256sum prints it.
create function sha256_hex(p_text text) returns text language sql immutable parallel safe as $$
    select encode(sha256(convert_to(p_text, 'UTF8')), 'hex');
$$;

-- What binds a list: every entry's id in order, each followed by a line feed.
create function draw_digest(p_draw uuid) returns text language sql stable as $$
    select sha256_hex(coalesce(string_agg(id::text || E'\n', '' order by id), ''))
    from draw_entry where draw_id = p_draw and status <> 'LEFT';
$$;

-- Closes the list: from the commit on nobody enters or leaves, and its digest is published. A draw that closes late, because
-- nobody ran, is drawn later by as much: the list is always there for a while before the seed.
create function close_draw(p_draw uuid, p_now timestamptz) returns boolean language plpgsql as $$
begin
    perform 1 from draw where id = p_draw and status = 'OPEN' and closes_at <= p_now for update;
    if not found then
        return false;
    end if;
    update draw set status = 'CLOSED', closed_at = p_now, digest = draw_digest(p_draw),
        entries = (select count(*) from draw_entry where draw_id = p_draw and status <> 'LEFT'),
        draws_at = case when p_now > closes_at + interval '1 minute' then p_now + (draws_at - closes_at) else draws_at end
    where id = p_draw;
    return true;
end $$;

-- Draws: reveals the seed and ranks the whole list in one statement. Fails when the seed is not the committed one, or the
-- list not the one that was closed.
create function rank_draw(p_draw uuid, p_seed text, p_now timestamptz) returns boolean language plpgsql as $$
declare
    d draw%rowtype;
begin
    perform 1 from clinic_session where id = p_draw for no key update;
    select * into d from draw where id = p_draw and status = 'CLOSED' and draws_at <= p_now for update;
    if not found then
        return false;
    end if;
    if sha256_hex(p_seed) <> d.commitment then
        raise exception 'the seed of draw % is not the one that was committed to', p_draw;
    end if;
    if draw_digest(p_draw) <> d.digest then
        raise exception 'the list of draw % is not the one that was closed', p_draw;
    end if;
    insert into draw_place (draw_id, rank, entry_id)
    select p_draw, row_number() over (order by sha256(convert_to(p_seed || ':' || d.digest || ':' || id::text, 'UTF8'))), id
    from draw_entry where draw_id = p_draw and status <> 'LEFT';
    update draw set status = 'DRAWN', revealed = p_seed, drawn_at = p_now,
        units = (select bookable - reserved - taken_total + reserved_taken from clinic_session where id = p_draw)
    where id = p_draw;
    return true;
end $$;

-- Keeps a unit of a drawn session, whose channels are one pool, for a person: of the wanted band, else of the earliest that
-- has one. Its slot; null when there is none. book() makes a booking of it. What is reserved (V0560) is not drawn for.
create function draw_unit(
    p_hold uuid, p_session uuid, p_slot uuid, p_person uuid, p_channel int, p_now timestamptz)
returns uuid language plpgsql as $$
declare
    v_slot uuid;
begin
    perform 1 from clinic_session where id = p_session for no key update;
    perform release_expired(p_session, p_now);
    select s.id into v_slot
    from slot s join clinic_session e on e.id = s.session_id
    where e.id = p_session and e.status = 'OPEN' and e.mode = 'DRAW'
        and e.taken_total - e.reserved_taken < e.bookable - e.reserved
        and s.status = 'OPEN' and s.start_at > p_now and s.used + s.held + s.blocked < s.capacity
    order by s.id is distinct from p_slot, s.start_at, s.id limit 1;
    if not found then
        return null;
    end if;
    update clinic_session set taken[p_channel] = taken[p_channel] + 1, taken_total = taken_total + 1 where id = p_session;
    update slot set held = held + 1 where id = v_slot;
    insert into slot_hold (id, slot_id, session_id, channel, holder, expires_at)
    values (p_hold, v_slot, p_session, p_channel, 'PERSON:' || p_person, p_now + interval '5 minutes');
    return v_slot;
end $$;

-- Ends a draw that has no unit or nobody left: who was not reached has lost, and waits in the order of the draw if they
-- wished so; what is left is booked like any other session's, by all channels from one pool.
create function end_draw(
    p_draw uuid, p_now timestamptz, p_clears timestamptz, p_for interval, p_short interval, p_lists int)
returns boolean language plpgsql as $$
declare
    v_joined int;
begin
    perform 1 from clinic_session where id = p_draw for no key update;
    perform 1 from draw where id = p_draw and status = 'DRAWN' for update;
    if not found then
        return false;
    end if;
    with lost as (
        update draw_entry set status = 'LOST', ended_at = p_now where draw_id = p_draw and status = 'ENTERED' returning *)
    insert into waiting_entry (id, person, session_id, channel, entered_at, entered_by_kind, entered_by, clears_at,
        offer_for, short_notice)
    select gen_random_uuid(), l.person, p_draw, l.channel, p_now + p.rank * interval '1 microsecond', l.entered_by_kind,
        l.entered_by, p_clears, p_for, p_short
    from lost l join draw_place p on p.entry_id = l.id
    where l.waiting and p_now < p_clears
        and (select count(*) from waiting_entry w where w.person = l.person and w.status in ('WAITING', 'OFFERED')) < p_lists
        and not exists (select 1 from appointment a where a.person = l.person and a.session_id = p_draw
            and a.status in ('BOOKED', 'CHECKED_IN'))
    order by p.rank
    on conflict do nothing;
    get diagnostics v_joined = row_count;
    update clinic_session set mode = 'BOOK', flow_back_at = least(flow_back_at, p_now), waiting = waiting + v_joined
    where id = p_draw;
    update draw set status = 'DONE', ended_at = p_now where id = p_draw;
    perform offer_waiting(p_draw, p_now, null);
    return true;
end $$;

-- What a merged-away person entered becomes the survivor's; where both did, one of the two entries ends: it is taken off an
-- open list, and passed over in a closed one. The caller holds both persons' locks.
create function rehome_draws(p_loser uuid, p_survivor uuid, p_now timestamptz) returns void language plpgsql as $$
declare
    x record;
    v_open boolean;
begin
    for x in select id, draw_id from draw_entry where person = p_loser and status = 'ENTERED' order by draw_id
    loop
        perform 1 from clinic_session where id = x.draw_id for no key update;
        select status = 'OPEN' into v_open from draw where id = x.draw_id for key share;
        if exists (select 1 from draw_entry where person = p_survivor and draw_id = x.draw_id and status = 'ENTERED') then
            update draw_entry set status = case when v_open then 'LEFT' else 'PASSED' end, reason = 'draw.duplicate',
                told = 'PASSED', ended_at = p_now
            where id = x.id and status = 'ENTERED';
        else
            update draw_entry set person = p_survivor where id = x.id and status = 'ENTERED';
        end if;
    end loop;
    update draw_entry set person = p_survivor where person = p_loser;
end $$;

-- Whatever stops a session ends its draw.
create function stop_draw() returns trigger language plpgsql as $$
begin
    perform 1 from draw where id = new.id and status in ('OPEN', 'CLOSED', 'DRAWN') for update;
    if found then
        update draw_entry set status = 'STOPPED', ended_at = now() where draw_id = new.id and status = 'ENTERED';
        update draw set status = 'STOPPED', ended_at = now() where id = new.id;
    end if;
    return null;
end $$;
create trigger tr_clinic_session_stop_draw after update of status on clinic_session
    for each row when (new.status = 'STOPPED' and old.status <> 'STOPPED') execute function stop_draw();
