-- Identity checks on the phone that failed or are still being answered, per person and per agent: whichever call and
-- whichever agent asks, the tries of a person are the same ones.
create table check_tries (
    kind text not null,
    subject text not null,
    used smallint not null,
    since timestamptz not null,
    constraint pk_check_tries primary key (kind, subject),
    constraint ck_check_tries_kind check (kind in ('AGENT', 'PERSON')),
    constraint ck_check_tries_used check (used >= 0)
);
comment on table check_tries is
    'a try is taken before the index is asked and given back when it was right or could not be asked';
comment on column check_tries.subject is 'the person''s id, or the agent''s username';
comment on column check_tries.since is 'when the first of the used tries was taken: the window begins there';
create index ix_check_tries_since on check_tries (since);
comment on column call.failures is 'failed checks of this call, for the record; what limits is check_tries';

-- Nobody gets fresh tries by this release.
insert into check_tries (kind, subject, used, since)
select 'PERSON', person::text, least(sum(failures), 100), max(opened_at)
from call
where failures > 0 and opened_at > now() - interval '24 hours'
group by person;
