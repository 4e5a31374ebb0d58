package cn.kangka.sandbox.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.hospital.Bookings.Booking;
import cn.kangka.sandbox.hospital.Bookings.Status;
import cn.kangka.sandbox.region.SandboxSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookingsTest {
    /** 1 December in Asia/Shanghai, still 30 November in UTC. */
    private static final Instant NOW = Instant.parse("2026-11-30T18:30:00Z");

    private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);

    @TempDir
    Path folder;

    @Test
    void there_is_a_list_for_each_institution_and_day() {
        try (Bookings bookings = open(NOW)) {
            note(bookings, "a", "C001", TODAY, Status.BOOKED);
            note(bookings, "b", "C001", TODAY, Status.BOOKED);
            note(bookings, "c", "C001", TODAY.plusDays(1), Status.BOOKED);
            note(bookings, "d", "C002", TODAY, Status.BOOKED);
            note(bookings, "b", "C001", TODAY, Status.CANCELLED);
            assertThat(text(bookings))
                    .containsExactly(
                            "C001 2026-12-01 a=BOOKED b=CANCELLED",
                            "C001 2026-12-02 c=BOOKED",
                            "C002 2026-12-01 d=BOOKED");
            assertThat(bookings.count()).isEqualTo(3);
        }
    }

    @Test
    void a_booking_that_moved_to_another_day_is_on_that_days_list_only() {
        try (Bookings bookings = open(NOW)) {
            note(bookings, "a", "H001", TODAY, Status.BOOKED);
            note(bookings, "a", "H001", TODAY.plusDays(2), Status.BOOKED);
            assertThat(text(bookings)).containsExactly("H001 2026-12-03 a=BOOKED");
        }
    }

    @Test
    void a_restart_remembers_all_but_a_line_that_a_crash_tore() throws IOException {
        try (Bookings bookings = open(NOW)) {
            note(bookings, "a", "H001", TODAY, Status.BOOKED);
            note(bookings, "b", "H001", TODAY, Status.BOOKED);
            assertThat(bookings.lose(1)).isEqualTo(1);
        }
        Files.writeString(file(), "c H001 2026-1", StandardOpenOption.APPEND);
        try (Bookings again = open(NOW)) {
            assertThat(text(again)).containsExactly("H001 2026-12-01 a=BOOKED");
            note(again, "d", "H001", TODAY, Status.BOOKED);
        }
        try (Bookings third = open(NOW)) {
            assertThat(text(third)).containsExactly("H001 2026-12-01 a=BOOKED d=BOOKED");
        }
    }

    @Test
    void days_before_yesterday_are_forgotten_also_in_the_file() throws IOException {
        try (Bookings bookings = open(NOW)) {
            note(bookings, "a", "H001", TODAY.minusDays(2), Status.BOOKED);
            note(bookings, "b", "H001", TODAY.minusDays(1), Status.BOOKED);
            assertThat(text(bookings)).containsExactly("H001 2026-11-30 b=BOOKED");
            note(bookings, "c", "H001", TODAY, Status.BOOKED);
            assertThat(Files.readAllLines(file()))
                    .containsExactly("b H001 2026-11-30 BOOKED", "c H001 2026-12-01 BOOKED");
        }
        try (Bookings nextDay = open(NOW.plus(1, ChronoUnit.DAYS))) {
            assertThat(text(nextDay)).containsExactly("H001 2026-12-01 c=BOOKED");
        }
    }

    @Test
    void the_newest_is_lost_first_and_its_day_still_has_a_list() {
        try (Bookings bookings = open(NOW)) {
            note(bookings, "a", "H001", TODAY, Status.BOOKED);
            note(bookings, "b", "H001", TODAY.plusDays(1), Status.BOOKED);
            note(bookings, "c", "H001", TODAY, Status.CANCELLED);
            assertThat(bookings.lose(1)).isEqualTo(1);
            assertThat(text(bookings)).containsExactly("H001 2026-12-01 a=BOOKED c=CANCELLED", "H001 2026-12-02");
            assertThat(bookings.lose(9)).as("what it has still").isEqualTo(1);
            note(bookings, "b", "H001", TODAY.plusDays(1), Status.BOOKED);
            assertThat(text(bookings)).containsExactly("H001 2026-12-01 c=CANCELLED", "H001 2026-12-02 b=BOOKED");
        }
    }

    private Bookings open(Instant now) {
        return Bookings.open(file(), Clock.fixed(now, SandboxSettings.ZONE));
    }

    private Path file() {
        return folder.resolve("bookings/H001.log");
    }

    private static void note(Bookings bookings, String id, String institution, LocalDate day, Status status) {
        bookings.note(new Booking(id, institution, day, status));
    }

    private static List<String> text(Bookings bookings) {
        return bookings.lists().stream().map(BookingsTest::text).toList();
    }

    private static String text(JsonObject list) {
        StringBuilder text = new StringBuilder(list.getString("hospital") + " " + list.getString("day"));
        for (Object each : list.getJsonArray("bookings")) {
            JsonObject booking = (JsonObject) each;
            text.append(' ')
                    .append(booking.getString("appointment"))
                    .append('=')
                    .append(booking.getString("status"));
        }
        return text.toString();
    }
}
