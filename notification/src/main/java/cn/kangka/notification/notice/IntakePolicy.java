package cn.kangka.notification.notice;

import cn.kangka.kit.problem.Problems.Violation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a notice must look like.
 *
 * @param batch most notices in one call
 * @param grace how far in the past its time may lie
 * @param farthest how far ahead
 * @param params most parameters
 * @param paramLength most characters of one
 */
record IntakePolicy(int batch, Duration grace, Duration farthest, int params, int paramLength) {
    private static final Pattern KEY = Pattern.compile("[!-~]{1,200}");
    private static final Pattern PARAM = Pattern.compile("[a-z][A-Za-z0-9]{0,39}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,20}");
    private static final Pattern LINK = Pattern.compile("/(?!/)[A-Za-z0-9/_?=&.~-]{0,299}");
    private static final String REQUIRED = "required";
    private static final String FORMAT = "format";

    /** Every field at fault; the time apart, see {@link #isPast}. */
    List<Violation> check(List<NoticeRequest> notices, Instant now) {
        List<Violation> found = new ArrayList<>();
        if (notices.isEmpty() || notices.size() > batch) {
            found.add(new Violation("notices", "notice.batch", batch));
            return found;
        }
        for (int i = 0; i < notices.size(); i++) {
            String path = path(notices, i);
            if (notices.get(i) == null) {
                found.add(new Violation("notices[" + i + "]", REQUIRED));
            } else {
                check(path, notices.get(i), now, found);
            }
        }
        return found;
    }

    /** {@code notices[3].} in a batch, nothing for a single one. */
    static String path(List<NoticeRequest> notices, int index) {
        return notices.size() == 1 ? "" : "notices[" + index + "].";
    }

    /** Whether its time is over: an error, unless it was accepted before. */
    boolean isPast(NoticeRequest notice, Instant now) {
        return notice.notBefore() != null && notice.notBefore().toInstant().isBefore(now.minus(grace));
    }

    private void check(String path, NoticeRequest notice, Instant now, List<Violation> found) {
        text(path + "key", notice.key(), KEY, true, found);
        text(path + "link", notice.link(), LINK, false, found);
        if (notice.noticeClass() == null) {
            found.add(new Violation(path + "class", REQUIRED));
        }
        if (notice.template() == null) {
            found.add(new Violation(path + "template", REQUIRED));
        }
        if (notice.notBefore() != null && notice.notBefore().toInstant().isAfter(now.plus(farthest))) {
            found.add(new Violation(path + "notBefore", "notice.too-far"));
        }
        recipient(path + "to", notice.to(), found);
        params(path + "params", notice.params(), found);
    }

    private static void recipient(String field, NoticeRequest.To to, List<Violation> found) {
        if (to == null || (to.account() == null) == (to.phone() == null)) {
            found.add(new Violation(field, "notice.recipient"));
        } else {
            text(field + ".phone", to.phone(), PHONE, false, found);
        }
    }

    private void params(String field, Map<String, String> given, List<Violation> found) {
        if (given == null) {
            return;
        }
        if (given.size() > params) {
            found.add(new Violation(field, "notice.params", params));
            return;
        }
        given.forEach((name, value) -> {
            if (!PARAM.matcher(name).matches()) {
                found.add(new Violation(field, FORMAT));
            } else if (value != null && value.length() > paramLength) {
                found.add(new Violation(field + "." + name, "too-long"));
            }
        });
    }

    private static void text(String field, String text, Pattern pattern, boolean required, List<Violation> found) {
        if (text == null) {
            if (required) {
                found.add(new Violation(field, REQUIRED));
            }
        } else if (!pattern.matcher(text).matches()) {
            found.add(new Violation(field, FORMAT));
        }
    }
}
