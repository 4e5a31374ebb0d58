-- Whose accounts and bookings they were before merges, so that a merge that is undone gives them back.
alter table account add column merged_from uuid[] not null default '{}';
alter table account add column suspended_by_merge_of uuid;
comment on column account.merged_from is 'persons it belonged to before merges, the last one at the end';
comment on column account.suspended_by_merge_of is 'the merged-away person, while suspended_for is MERGED';
alter table appointment add column merged_from uuid[] not null default '{}';
comment on column appointment.merged_from is 'persons it belonged to before merges, the last one at the end';
create index ix_account_merged_from on account ((merged_from[cardinality(merged_from)])) where merged_from <> '{}';
create index ix_appointment_merged_from on appointment ((merged_from[cardinality(merged_from)]))
    where merged_from <> '{}';
