-- A connection that several institutions share (the community health centres) speaks for all of them.
alter table client add column sources text[] not null default '{}';
