-- Claims the oldest due event of each aggregate, a batch per destination, for a while (cn.kangka.kit.outbox.OutboxRelay).
-- A repeatable migration: Flyway applies it anew whenever this text changes.
--
-- An outbox is empty most of the time and full of dead rows some of the time, so whatever the statistics say is wrong.
-- The settings leave one plan, by ix_outbox_due and ix_outbox_aggregate in their order: a bitmap or an anti-join reads every
-- dead row of a destination each time, an ordered index scan marks them and passes by (docs/adr/0014).
create or replace function claim_outbox(prefix text, most int, lease_millis bigint, busy text[]) returns setof outbox
language plpgsql
set enable_bitmapscan = off
set enable_seqscan = off
set enable_sort = off
as $claim$
begin
    -- Nobody waits for the disk: a claim that a crash forgets is made again (docs/adr/0018).
    perform set_config('synchronous_commit', 'off', true);
    return query
    with recursive known(destination) as (
        (select o.destination from outbox o order by o.destination limit 1)
        union all
        select (select o.destination from outbox o where o.destination > k.destination order by o.destination limit 1)
        from known k where k.destination is not null),
    head as (
        select due.id from known k cross join lateral (
            select o.id from outbox o
            where o.destination = k.destination and o.parked_at is null and o.due_at <= now()
              -- The first of its aggregate; min(id + 0) keeps the planner from walking the primary key.
              and o.id = (
                select min(p.id + 0) from outbox p
                where p.destination = o.destination and p.aggregate = o.aggregate)
              and o.id <= coalesce((
                select min(p.id + 0) from outbox p
                where p.destination = o.destination and p.barrier = o.aggregate), o.id)
              and (o.barrier is null or o.id <= least((
                select min(p.id + 0) from outbox p
                where p.destination = o.destination and p.aggregate = o.barrier), (
                select min(p.id + 0) from outbox p
                where p.destination = o.destination and p.barrier = o.barrier)))
            order by o.due_at, o.id limit most
            for update skip locked) due
        where starts_with(k.destination, prefix) and k.destination <> all(busy))
    update outbox o set due_at = now() + lease_millis * interval '1 millisecond', attempts = o.attempts + 1
    from head where o.id = head.id
    returning o.*;
end
$claim$;
