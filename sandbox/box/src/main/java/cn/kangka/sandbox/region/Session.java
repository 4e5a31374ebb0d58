package cn.kangka.sandbox.region;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/** 出诊: one doctor, one date, one half-day, in bands of 30 minutes. */
public record Session(Doctor doctor, LocalDate date, Half half) {
    /** Units in each band. */
    public static final int CAPACITY = 3;

    private static final String BY_LOT = "H007";
    private static final int BANDS = 7;
    private static final int MINUTES = 30;

    /** Mornings 08:00–11:30, afternoons 13:30–17:00. */
    public enum Half {
        AM(LocalTime.of(8, 0)),
        PM(LocalTime.of(13, 30));

        private final LocalTime start;

        Half(LocalTime start) {
            this.start = start;
        }
    }

    /** Start and end of a band. */
    public record Band(String code, ZonedDateTime start, ZonedDateTime end) {}

    /** Whether its units are given by lot (摇号): those of the smallest hospital's chiefs. */
    public boolean scarce() {
        return doctor.source().equals(BY_LOT) && doctor.title() == Doctor.Title.CHIEF;
    }

    /** Unique in the institution. */
    public String code() {
        return doctor.code() + "-" + date.format(DateTimeFormatter.BASIC_ISO_DATE) + "-" + half;
    }

    /** One doctor of the first hospital sees people by video in the afternoon. */
    public boolean remote() {
        return doctor.source().equals("H001") && doctor.code().equals("D0001") && half == Half.PM;
    }

    public ZonedDateTime start() {
        return date.atTime(half.start).atZone(SandboxSettings.ZONE);
    }

    public ZonedDateTime end() {
        return start().plusMinutes((long) BANDS * MINUTES);
    }

    public List<Band> bands() {
        return IntStream.range(0, BANDS)
                .mapToObj(number -> {
                    ZonedDateTime start = start().plusMinutes((long) number * MINUTES);
                    String code = doctor.code() + "-" + start.format(DateTimeFormatter.ofPattern("yyyyMMddHHmm"));
                    return new Band(code, start, start.plusMinutes(MINUTES));
                })
                .toList();
    }
}
