-- Takes a key's lock, which a second request meanwhile does not get, and looks what the first was answered: with a snapshot taken
-- after the lock, so that it sees what the last holder committed.
create or replace function begin_idempotent(p_scope text, p_key text)
returns table (locked boolean, fingerprint bytea, status smallint, body text) language plpgsql as $$
begin
    if not pg_try_advisory_xact_lock(hashtextextended(p_scope || E'\n' || p_key, 42)) then
        return query select false, null::bytea, null::smallint, null::text;
    else
        return query
            select true, k.fingerprint, k.status, k.body
            from (select 1) one left join idempotency_key k on k.scope = p_scope and k.key = p_key;
    end if;
end $$;
