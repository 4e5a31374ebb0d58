-- Parked events are listed newest first (cn.kangka.kit.outbox.ParkedEvents).
create index ix_outbox_parked on outbox (parked_at desc, event_id desc) where parked_at is not null;
