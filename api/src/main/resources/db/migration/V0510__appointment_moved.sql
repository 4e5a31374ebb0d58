alter table appointment add column moved_from uuid;
comment on column appointment.moved_from is 'the booking that this one replaced in one step; null for most';

-- Locks sessions in the one order; for what changes two at once.
create function lock_sessions(p_sessions uuid[]) returns void language plpgsql as $$
begin
    perform 1 from clinic_session where id = any(p_sessions) order by id for no key update;
end $$;
