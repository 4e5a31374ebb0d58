package cn.kangka.api.directory;

import cn.kangka.api.policy.HospitalRules;
import cn.kangka.api.policy.Rule;
import java.time.LocalTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A hospital or community health centre as people see it.
 *
 * @param id the region's id of it, such as H001
 * @param position of its first campus that has one
 * @param booking its booking rules
 */
public record HospitalView(
        @Schema(examples = "H001") String id,
        String name,

        @Schema(description = "HOSPITAL or CENTRE (community health centre)", examples = "HOSPITAL")
        String kind,

        List<String> aliases,

        @Schema(nullable = true, description = "grade, such as 三级甲等")
        String level,

        @Schema(nullable = true) String address,
        @Schema(nullable = true) String telephone,
        @Schema(nullable = true) Position position,
        List<CampusView> campuses,
        Booking booking) {

    /**
     * The rules that people meet there (times of Asia/Shanghai). What was published or booked before a change keeps its own: see
     * {@code cancelUntil} and {@code checkInFrom} of a hold or booking.
     *
     * @param horizonDays a session is released so many days before the visit, at {@code releaseTime}
     * @param cancelDeadline the day before the visit; a later cancel is accepted and counted
     * @param holdMinutes how long a unit is held while somebody confirms
     * @param checkInMinutes how long before the band check-in opens
     * @param lateCheckIn whether who comes after the band is let in behind everybody
     */
    public record Booking(
            int horizonDays,
            LocalTime releaseTime,
            LocalTime flowBackTime,
            LocalTime cancelDeadline,
            int holdMinutes,
            int checkInMinutes,
            boolean lateCheckIn,
            Waiting waiting) {

        static Booking of(HospitalRules rules) {
            return new Booking(
                    rules.get(Rule.HORIZON),
                    rules.time(Rule.RELEASE_TIME),
                    rules.time(Rule.FLOW_BACK_TIME),
                    rules.time(Rule.CANCEL_DEADLINE),
                    rules.get(Rule.HOLD),
                    rules.get(Rule.CHECK_IN_OPENS),
                    rules.is(Rule.LATE_CHECK_IN),
                    new Waiting(
                            rules.time(Rule.WAITING_OPENS),
                            rules.time(Rule.WAITING_CLOSES),
                            rules.get(Rule.WAITING_OFFER),
                            rules.get(Rule.WAITING_SHORT_NOTICE),
                            rules.get(Rule.WAITING_LISTS)));
        }
    }

    /**
     * Waiting for full sessions.
     *
     * @param opens from when each day people may enter
     * @param closes until when, and until when offers last; lists are cleared then, the day before the visit
     * @param offerMinutes how long an offer lasts at short notice
     * @param shortNoticeHours how long before the visit that begins
     * @param lists how many lists one person may be on
     */
    public record Waiting(LocalTime opens, LocalTime closes, int offerMinutes, int shortNoticeHours, int lists) {}
}
