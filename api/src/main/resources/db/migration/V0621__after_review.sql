-- Draws that ended before V0610 left quotas by channel: since then all channels share what is left.
update clinic_session e set quota = array_fill(e.bookable, array[5])
from draw d where d.id = e.id and d.status = 'DONE' and e.quota <> array_fill(e.bookable, array[5]);

-- As it was before V0611, for replicas that are not renewed yet.
create function booking_differences(p_hospital text, p_date date, p_ids uuid[], p_status text[])
returns table (appointment uuid, ours text, theirs text) language sql stable as $$
    with said as (
        select distinct on (s.id) s.id, s.status from unnest(p_ids, p_status) as s(id, status) order by s.id)
    select coalesce(a.id, said.id), a.status, said.status
    from (select x.id, x.status from appointment x where x.hospital = p_hospital and x.visit_date = p_date) a
    full join said on said.id = a.id
    where case coalesce(a.status, '')
        when 'BOOKED' then said.status is distinct from 'BOOKED'
        when 'CHECKED_IN' then coalesce(said.status, '') not in ('BOOKED', 'ARRIVED')
        when 'COMPLETED' then coalesce(said.status, '') not in ('BOOKED', 'ARRIVED')
        when 'MISSED' then coalesce(said.status, '') not in ('BOOKED', 'MISSED')
        when '' then true
        else coalesce(said.status, 'CANCELLED') <> 'CANCELLED' end
    order by 1;
$$;
