-- A hospital's own values of rules for bookings, over those of the region. The rules and their ranges: LimitSetting.
create table hospital_policy (
    hospital text not null,
    rule text not null,
    value int not null,
    constraint pk_hospital_policy primary key (hospital, rule),
    constraint fk_hospital_policy_hospital foreign key (hospital) references hospital (id)
);
comment on column hospital_policy.rule is 'the setting it is over, such as appointment.max-per-7-days';

alter table hospital add column policy_version bigint not null default 0;
comment on column hospital.policy_version is 'grows with every change of its hospital_policy: the ETag';

-- All of a hospital's own values as an object by rule; null when it has none.
create function hospital_policies(p_hospital text) returns jsonb language sql stable as $$
    select jsonb_object_agg(rule, value) from hospital_policy where hospital = p_hospital;
$$;
