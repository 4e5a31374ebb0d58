-- Search of the directory. Terms are kept by the table itself, so whatever is saved is found: every Han character and pair of
-- neighbours, every latin word, and after a ~ the pinyin initials from each character on (XXGNK is found by xnk's end "gnk").
-- A question is made of the same terms by SearchWords.
create function directory_terms(p_texts text[], p_initials text) returns tsvector
language plpgsql immutable parallel safe as $$
declare
    v_terms text[] := '{}';
    v_text text;
    v_run text;
begin
    foreach v_text in array p_texts loop
        for v_run in
            select m[1] from regexp_matches(lower(v_text),
                '([a-z0-9]+|[^\x01-\x7f、，。；：？！（）《》·　]+)', 'g') m
        loop
            if v_run ~ '^[a-z0-9]' then
                v_terms := v_terms || v_run;
            else
                for i in 1 .. length(v_run) loop
                    v_terms := v_terms || substr(v_run, i, 1);
                    if i < length(v_run) then
                        v_terms := v_terms || substr(v_run, i, 2);
                    end if;
                end loop;
            end if;
        end loop;
    end loop;
    for i in 1 .. length(p_initials) loop
        v_terms := v_terms || ('~' || lower(substr(p_initials, i)));
    end loop;
    return array_to_tsvector(v_terms);
end $$;

alter table hospital add column terms tsvector
    generated always as (directory_terms(array[name, coalesce(address, '')] || aliases, initials)) stored;
alter table department add column terms tsvector
    generated always as (directory_terms(array[name, coalesce(specialty, '')], initials)) stored;
alter table practitioner add column terms tsvector
    generated always as (directory_terms(array[name], initials)) stored;
alter table practitioner_role add column terms tsvector
    generated always as (directory_terms(array[coalesce(specialty, '')], '')) stored;
create index ix_hospital_terms on hospital using gin (terms);
create index ix_department_terms on department using gin (terms);
create index ix_practitioner_terms on practitioner using gin (terms);
create index ix_practitioner_role_terms on practitioner_role using gin (terms);

-- For the first free unit of a department or hospital. No column that a booking changes is in them.
create index ix_clinic_session_department on clinic_session (department_id, visit_date);
create index ix_clinic_session_hospital on clinic_session (hospital, visit_date);

-- Distance over the ground in metres (haversine on a sphere of 6,371,000 m; off by 0.5 % at most); null when one is unknown.
create function metres_between(p_lat double precision, p_lon double precision, q_lat double precision, q_lon double precision)
returns int language sql immutable strict parallel safe as $$
    select round(2 * 6371000 * asin(least(1, sqrt(
        sin(radians(q_lat - p_lat) / 2) ^ 2
        + cos(radians(p_lat)) * cos(radians(q_lat)) * sin(radians(q_lon - p_lon) / 2) ^ 2))))::int;
$$;

-- Whether a channel can take a unit of a session now, its bands left aside. What expired holds keep counts once they are
-- swept, seconds later.
create function session_has_room(e clinic_session, p_channel int, p_now timestamptz) returns boolean
language sql immutable parallel safe as $$
    select e.status = 'OPEN' and e.mode = 'BOOK' and e.release_at <= p_now and session_room(e, p_channel, p_now)
        and (p_now < e.flow_back_at or e.waiting = 0);
$$;

-- How well a name answers a question in lower case, the best first: it is it, begins with it, has it, has its terms.
create function name_rank(p_name text, p_query text) returns int language sql immutable parallel safe as $$
    select case when lower(p_name) = p_query then 0 when starts_with(lower(p_name), p_query) then 1
        when strpos(lower(p_name), p_query) > 0 then 3 else 4 end;
$$;
