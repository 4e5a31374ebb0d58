-- Dependants: whom an account may book for besides its own person. A minor by a hospital's word (the carer's phone is with the
-- minor's record), an adult by their own (a code to a phone that a hospital recorded for them).
create table dependant (
    id uuid not null,
    account uuid not null,
    person uuid not null,
    relation text not null,
    kind text not null,
    status text not null,
    phone bytea,
    made_at timestamptz not null,
    agreed_at timestamptz,
    expires_at timestamptz,
    ended_at timestamptz,
    ended_by text,
    merged_from uuid[] not null default '{}',
    constraint pk_dependant primary key (id),
    constraint fk_dependant_account foreign key (account) references account (id),
    constraint ck_dependant_relation check (relation in ('CHILD', 'PARENT', 'SPOUSE', 'OTHER')),
    constraint ck_dependant_kind check (kind in ('MINOR', 'CONSENT')),
    constraint ck_dependant_status check (status in ('PENDING', 'ACTIVE', 'ENDED')),
    constraint ck_dependant_ended_by check (ended_by in ('CARER', 'DEPENDANT', 'AGE', 'TIME')),
    constraint ck_dependant_agreed check ((status = 'ACTIVE') <= (agreed_at is not null)),
    constraint ck_dependant_phone check ((status = 'PENDING') = (phone is not null))
);
comment on column dependant.kind is 'MINOR ends with the 18th birthday; CONSENT was given by a code';
comment on column dependant.phone is 'sealed, purpose phone: where the code went; gone when it is answered';
comment on column dependant.expires_at is 'of a pending one: until when the code is good';
create unique index uq_dependant_account_person on dependant (account, person) where status in ('PENDING', 'ACTIVE');
create index ix_dependant_account on dependant (account, made_at) where status in ('PENDING', 'ACTIVE');
create index ix_dependant_person on dependant (person, made_at) where status = 'ACTIVE';
create index ix_dependant_minor on dependant (person) where status = 'ACTIVE' and kind = 'MINOR';
create index ix_dependant_pending on dependant (expires_at) where status = 'PENDING';
create index ix_dependant_merged_from on dependant ((merged_from[cardinality(merged_from)])) where merged_from <> '{}';

-- As before; for somebody without an account of their own, who books for them.
create or replace function told_account(p_person uuid) returns uuid language sql stable as $$
    select coalesce(
        (select c.id from account c where c.person = p_person and c.status = 'ACTIVE' and c.level >= 1 limit 1),
        (select d.account from dependant d join account c on c.id = d.account and c.status = 'ACTIVE'
            where d.person = p_person and d.status = 'ACTIVE' order by d.made_at limit 1));
$$;
