-- Region events that were applied: the same one again is answered DONE and changes nothing. Pruned by age.
create table seen_event (
    id uuid not null,
    seen_at timestamptz not null default now(),
    constraint pk_seen_event primary key (id)
);
create index ix_seen_event_seen_at on seen_event (seen_at);
