-- Who looked at or changed whose data. Append only: the trigger refuses update and delete. The chain is made in
-- batches after the rows (cn.kangka.kit.audit.AuditChain): hash = sha256(previous hash || entry).
create table audit_entry (
    id uuid not null,
    at timestamptz not null default clock_timestamp(),
    actor_kind text not null,
    actor text not null,
    action text not null,
    person uuid,
    object text,
    outcome text not null,
    reason text,
    trace text,
    constraint pk_audit_entry primary key (id)
);
create index ix_audit_entry_person on audit_entry (person, at desc, id desc);
create index ix_audit_entry_at on audit_entry (at, id);

create table audit_chain (
    seq bigint not null,
    entry_id uuid not null,
    hash bytea not null,
    constraint pk_audit_chain primary key (seq),
    constraint uq_audit_chain_entry_id unique (entry_id)
);

create function audit_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the audit is append-only';
end $$;
create trigger audit_entry_append_only before update or delete on audit_entry
    for each row execute function audit_is_append_only();
create trigger audit_chain_append_only before update or delete on audit_chain
    for each row execute function audit_is_append_only();
