package cn.kangka.sandbox.hospital;

import cn.kangka.sandbox.hl7.Answers;
import cn.kangka.sandbox.hospital.Bookings.Booking;
import cn.kangka.sandbox.hospital.Bookings.Status;
import cn.kangka.sandbox.hospital.MllpListener.Reply;
import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.region.BookingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** What a hospital does with messages from the region: takes persons, accepts or refuses bookings. */
final class Desk {
    private static final int KEPT_OF_A_TYPE = 50;
    private static final int DECISIONS_KEPT = 20_000;
    private static final long SLOW_MILLIS = 20_000;
    private static final int QUICKEST_MILLIS = 20;
    private static final int NORMAL_MILLIS = 180;
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern DAY = Pattern.compile("\\d{8}");
    private static final String FULL = "号源已满,请改约其他时段";
    private static final String REFUSED = "医院暂不接受预约";
    private static final String UNKNOWN = "没有这个预约";

    private final String id;
    private final BookingMode bookingMode;
    private final Bookings bookings;
    private final Dice dice;
    private final Map<String, Deque<Kept>> last = new TreeMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Boolean> decisions = new ConcurrentHashMap<>();
    /** PID segments by local id. */
    private final Map<String, String> patients = new ConcurrentHashMap<>();

    private long got;
    private volatile Mode mode = Mode.UP;
    private volatile double refusalRate;

    /** @param number in the order of arrival */
    private record Kept(long number, String message) {}

    Desk(String id, BookingMode bookingMode, Bookings bookings, long seed) {
        this.id = id;
        this.bookingMode = bookingMode;
        this.bookings = bookings;
        this.dice = Dice.of(seed, id.hashCode());
    }

    Mode mode() {
        return mode;
    }

    void mode(Mode newMode) {
        mode = newMode;
    }

    /** Share of bookings that are refused, 0 to 1. */
    void refusalRate(double rate) {
        refusalRate = rate;
    }

    /** The latest messages of every type, newest first: a flood of one type does not push out the others. */
    synchronized List<String> last() {
        return last.values().stream()
                .flatMap(Deque::stream)
                .sorted(Comparator.comparingLong(Kept::number).reversed())
                .map(Kept::message)
                .toList();
    }

    /** How many messages came, by type. */
    synchronized Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    synchronized Reply answer(String message) {
        String type = Answers.field(message, 8);
        remember(type, message);
        if (type.startsWith("ADT^A28") || type.startsWith("ADT^A31")) {
            takeOver(message);
        }
        return switch (type.split("\\^")[0]) {
            case "SRM" -> new Reply(asked(message), delay());
            case "SIU" -> new Reply(informed(message), delay());
            case "QBP" -> new Reply(found(message), 0);
            default -> new Reply(Answers.accept().apply(message), mode == Mode.SLOW ? SLOW_MILLIS : 0);
        };
    }

    /** What it has of a patient: what the region told last. */
    private String found(String message) {
        return Answers.patient(patients.get(Answers.parameter(message, "@PID.3.1")))
                .apply(message);
    }

    /** Takes a person over, if one of the ids is its own. */
    private void takeOver(String message) {
        for (String segment : message.split("\r")) {
            if (segment.startsWith("PID|")) {
                for (String each : segment.split("\\|", -1)[3].split("~")) {
                    String[] parts = each.split("\\^", -1);
                    if (parts.length > 3 && parts[3].split("&")[0].equals(id)) {
                        patients.put(parts[0], segment);
                    }
                }
            }
        }
    }

    /** The hospital decides: {@code SRR} with its number, or with the reason of the refusal. The same again: the same. */
    private String asked(String message) {
        String placer = Answers.segmentField(message, "ARQ", 1);
        boolean accepted = cancels(message) || decide(placer);
        String reason = mode == Mode.REFUSING ? REFUSED : FULL;
        if (accepted) {
            keep(message, placer, Answers.segmentField(message, "ARQ", 11));
        }
        return Answers.schedule(number(placer), accepted ? null : reason).apply(message);
    }

    /** The region decided; the hospital only takes note, unless it refuses everything, or knows nothing of who came or not. */
    private String informed(String message) {
        String placer = Answers.segmentField(message, "SCH", 1);
        if (reports(message) && !bookings.has(placer)) {
            return Answers.error(UNKNOWN).apply(message);
        }
        boolean refused = mode == Mode.REFUSING && bookingMode == BookingMode.KANGKA_FILLS && !cancels(message);
        if (!refused) {
            keep(message, placer, Answers.segmentField(message, "TQ1", 7));
        }
        return (refused ? Answers.error(REFUSED) : Answers.accept()).apply(message);
    }

    /** What it said yes to is in its books; what has no id and no day of the region's is none of its bookings. */
    private void keep(String message, String placer, String start) {
        if (UUID.matcher(placer).matches() && DAY.matcher(start).lookingAt()) {
            LocalDate day = LocalDate.parse(start.substring(0, 8), DateTimeFormatter.BASIC_ISO_DATE);
            bookings.note(new Booking(placer, Answers.field(message, 5), day, status(message)));
        }
    }

    private static Status status(String message) {
        if (cancels(message)) {
            return Status.CANCELLED;
        }
        if (!reports(message)) {
            return Status.BOOKED;
        }
        return Answers.field(message, 8).contains("^S26") ? Status.MISSED : Status.ARRIVED;
    }

    /** {@code SIU^S14} and {@code SIU^S26}: who came, and who did not. */
    private static boolean reports(String message) {
        String type = Answers.field(message, 8);
        return type.startsWith("SIU^S14") || type.startsWith("SIU^S26");
    }

    /** {@code SRM^S04} and {@code SIU^S15}: nobody is held to a booking. */
    private static boolean cancels(String message) {
        String type = Answers.field(message, 8);
        return type.contains("^S04") || type.contains("^S15");
    }

    private boolean decide(String placer) {
        if (mode == Mode.REFUSING) {
            return false;
        }
        if (decisions.size() > DECISIONS_KEPT) {
            decisions.clear();
        }
        return decisions.computeIfAbsent(placer, unseen -> !dice.chance(refusalRate));
    }

    private String number(String placer) {
        return id + "-" + Integer.toHexString(placer.hashCode()).toUpperCase(Locale.ROOT);
    }

    private long delay() {
        return mode == Mode.SLOW ? SLOW_MILLIS : QUICKEST_MILLIS + dice.below(NORMAL_MILLIS);
    }

    private void remember(String type, String message) {
        counts.merge(type, 1, Integer::sum);
        Deque<Kept> alike = last.computeIfAbsent(type, unseen -> new ArrayDeque<>());
        alike.addFirst(new Kept(got++, message));
        if (alike.size() > KEPT_OF_A_TYPE) {
            alike.removeLast();
        }
    }
}
