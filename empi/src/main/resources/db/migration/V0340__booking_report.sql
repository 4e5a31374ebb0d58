-- Besides orders, which the hospital's answer decides, it is told who came and who did not: its answer to that decides nothing.
alter table booking_order drop constraint ck_booking_order_action;
alter table booking_order add constraint ck_booking_order_action check (action in ('BOOK', 'CANCEL', 'ARRIVED', 'MISSED'));
