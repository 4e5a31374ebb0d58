-- Whoever was given the link of a remote visit has come, as far as we can know: that is no visit missed.
alter table appointment add column joined_at timestamptz;
comment on column appointment.joined_at is 'of a remote visit: when its link was first given';
