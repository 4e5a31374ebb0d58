-- What a partner made, the newest first. No booking changes a column of these, so it stays heap-only.
create index ix_appointment_partner on appointment (booked_by, booked_at desc, id desc) where booked_by_kind = 'PARTNER';
create index ix_waiting_entry_partner on waiting_entry (entered_by, entered_at desc, id desc) where entered_by_kind = 'PARTNER';
create index ix_draw_entry_partner on draw_entry (entered_by, entered_at desc, id desc) where entered_by_kind = 'PARTNER';
