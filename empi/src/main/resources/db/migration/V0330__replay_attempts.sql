-- A message that could not be done again is tried again, some times.
alter table message_replay add column attempts int not null default 0;
comment on column message_replay.attempts is 'how often it failed';
