-- A duplicate is something that arrives; what is sent has an id of its own, and needs no index for it.
alter table message drop constraint uq_message_once;
create unique index uq_message_received_once on message (sender, control_id, content_hash) where direction = 'IN';
