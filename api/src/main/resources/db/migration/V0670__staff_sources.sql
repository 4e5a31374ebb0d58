-- People who work for institutions (role clerk) act for those only.
alter table staff add column sources text[] not null default '{}';
alter table staff add constraint ck_staff_sources check (('clerk' = any (roles)) = (sources <> '{}'));
comment on column staff.sources is 'institutions that a clerk works for, such as H001; empty for everybody else';
