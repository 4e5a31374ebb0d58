-- Where a hospital is: its campuses (院区), and of each department where it is and which of the national list of diagnosis
-- and treatment subjects (医疗机构诊疗科目名录) it is. Positions are of the WGS 84 datum, in degrees.
create table campus (
    id uuid not null,
    hospital text not null,
    code text not null,
    name text not null,
    address text,
    telephone text,
    latitude double precision,
    longitude double precision,
    known boolean not null default false,
    constraint pk_campus primary key (id),
    constraint uq_campus_hospital_code unique (hospital, code),
    constraint fk_campus_hospital foreign key (hospital) references hospital (id),
    constraint ck_campus_position check ((latitude is null) = (longitude is null)
        and latitude between -90 and 90 and longitude between -180 and 180)
);

alter table hospital add column latitude double precision, add column longitude double precision;
comment on column hospital.latitude is 'of its first campus, by code, that has a position';

alter table department add column standard_code text, add column campus_id uuid;
alter table department add constraint fk_department_campus foreign key (campus_id) references campus (id);
comment on column department.standard_code is 'of the national list, such as 03.04; null when the hospital does not say';
comment on column department.campus_id is 'null: at the hospital''s only place, or not said';
create index ix_department_standard_code on department (standard_code, hospital);
create index ix_department_campus on department (campus_id);
