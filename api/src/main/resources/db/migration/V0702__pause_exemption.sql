-- Adults who lack capacity: marks never pause their booking (as with minors). A row is all that is known of it here. It stays with
-- whom it was set for: who was merged into somebody, by however many steps, exempts them as long as the merge stands.
create table pause_exemption (
    person uuid not null,
    basis text not null,
    set_at timestamptz not null,
    set_by text not null,
    constraint pk_pause_exemption primary key (person),
    constraint ck_pause_exemption_basis check (basis in ('COURT_RULING', 'DISABILITY_CERTIFICATE', 'MEDICAL_CERTIFICATE'))
);

-- Those of a person and of everybody who was merged into them.
create function pause_exemptions(p_person uuid) returns setof pause_exemption language sql stable as $$
    with recursive human as (
        select p_person as id
        union
        select p.id from human join person p on p.merged_into = human.id)
    select x.* from human join pause_exemption x on x.person = human.id;
$$;

create function never_paused(p_person uuid) returns boolean language sql stable as $$
    select exists (select 1 from pause_exemptions(p_person));
$$;
