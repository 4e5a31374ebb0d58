-- When the index said it, so that one can see how far this service is.
alter table seen_event add column caused_at timestamptz;
create index ix_seen_event_caused_at on seen_event (caused_at) where caused_at is not null;
