-- A template says whether its visits are in person or by video, as sessions do (V0563).
alter table schedule_template add column modality text not null default 'IN_PERSON';
alter table schedule_template add constraint ck_schedule_template_modality check (modality in ('IN_PERSON', 'REMOTE'));
