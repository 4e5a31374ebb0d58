-- Remote visits (远程诊疗): a session is held in person or by video.
alter table clinic_session add column modality text not null default 'IN_PERSON';
alter table clinic_session add constraint ck_clinic_session_modality check (modality in ('IN_PERSON', 'REMOTE'));
alter table hospital add column join_url text;
comment on column hospital.join_url is 'where its video visits are joined, with {appointment} and {token}; null: the region''s default';
