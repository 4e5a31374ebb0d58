-- How often the receiver answered a message of ours by AE; after some it is parked (cn.kangka.empi.hospital.AnswerPolicy).
alter table message add column errors int not null default 0;
