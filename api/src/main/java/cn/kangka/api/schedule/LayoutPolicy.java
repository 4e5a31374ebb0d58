package cn.kangka.api.schedule;

import cn.kangka.api.schedule.SchedulePlan.Planned;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What has to be done so that sessions are as planned, and what cannot be done because people have booked. */
final class LayoutPolicy {
    private LayoutPolicy() {}

    /**
     * A session that is there.
     *
     * @param template that it was laid out from; null when the hospital published it
     * @param taken units that are booked, held, or waited for
     * @param open neither stopped nor closed
     * @param stopped by a stop of the clinic: it stays so
     */
    record There(
            String code,
            UUID template,
            String role,
            LocalDate day,
            String half,
            int taken,
            boolean open,
            boolean stopped) {}

    /** Why something stays as it is. */
    enum Reason {
        /** People have booked: it has to be stopped before it can be changed or closed. */
        BOOKED,
        /** The hospital published a session of the same person and half-day itself. */
        PUBLISHED
    }

    /** Something that is not as planned, and stays so; {@code bookings} are units that are taken. */
    record Conflict(Reason reason, String code, LocalDate day, String half, String role, int bookings) {}

    /**
     * What to do.
     *
     * @param fresh how many of {@code publish} are not there yet
     */
    record Work(List<Planned> publish, List<String> close, List<Conflict> conflicts, int fresh) {}

    private record Place(UUID template, LocalDate day) {}

    private record Half(String role, LocalDate day, String half) {}

    static Work of(List<Planned> plan, List<There> there) {
        Set<String> wanted = new HashSet<>();
        plan.forEach(planned -> wanted.add(planned.code()));
        Map<String, There> byCode = new HashMap<>();
        Set<Place> blocked = new HashSet<>();
        Set<Half> published = new HashSet<>();
        List<String> close = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        for (There each : there) {
            if (each.template() == null) {
                published.add(new Half(each.role(), each.day(), each.half()));
                continue;
            }
            byCode.put(each.code(), each);
            if (wanted.contains(each.code()) || !each.open()) {
                continue;
            }
            if (each.taken() > 0) {
                blocked.add(new Place(each.template(), each.day()));
                conflicts.add(
                        new Conflict(Reason.BOOKED, each.code(), each.day(), each.half(), each.role(), each.taken()));
            } else {
                close.add(each.code());
            }
        }
        return publishing(plan, byCode, blocked, published, new Work(new ArrayList<>(), close, conflicts, 0));
    }

    private static Work publishing(
            List<Planned> plan, Map<String, There> byCode, Set<Place> blocked, Set<Half> published, Work work) {
        int fresh = 0;
        for (Planned planned : plan) {
            There known = byCode.get(planned.code());
            String role = planned.template().role();
            String half = planned.template().half();
            if (known == null && published.contains(new Half(role, planned.day(), half))) {
                work.conflicts().add(new Conflict(Reason.PUBLISHED, planned.code(), planned.day(), half, role, 0));
            } else if (!blocked.contains(new Place(planned.template().id(), planned.day()))
                    && (known == null || !known.stopped())) {
                work.publish().add(planned);
                fresh += known == null ? 1 : 0;
            }
        }
        return new Work(work.publish(), work.close(), work.conflicts(), fresh);
    }
}
