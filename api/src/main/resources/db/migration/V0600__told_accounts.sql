-- The accounts that are told what becomes of a person's bookings: the own active one, at level 1 or above. Only for somebody who
-- has no account at all those of who books for them: an account that rests (a split, an operator) is no reason to tell
-- others. Nor while the record is in doubt, nor of somebody of age by a guardian's right: the job that ends those relations may be
-- late. 18 is the law's here (Civil Code art. 17), whatever kangka.dependant.adult-age says.
create function told_accounts(p_person uuid) returns table (account uuid, since timestamptz) language sql stable as $$
    select c.id, null::timestamptz from account c
    where c.person = p_person and c.status = 'ACTIVE' and c.level >= 1
    union all
    select d.account, d.made_at
    from dependant d
    join person p on p.id = d.person and not p.suspect
    join account c on c.id = d.account and c.status = 'ACTIVE'
    where d.person = p_person and d.status = 'ACTIVE'
        and (d.kind = 'CONSENT' or p.birth_date > (now() at time zone 'Asia/Shanghai')::date - interval '18 years')
        and not exists (select 1 from account o where o.person = p_person and o.status <> 'CLOSED');
$$;

-- As before, by the same rule: the own one, else who has booked for them longest.
create or replace function told_account(p_person uuid) returns uuid language sql stable as $$
    select t.account from told_accounts(p_person) t order by t.since nulls first limit 1;
$$;
