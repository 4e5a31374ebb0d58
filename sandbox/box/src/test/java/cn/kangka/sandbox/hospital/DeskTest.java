package cn.kangka.sandbox.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.region.BookingMode;
import cn.kangka.sandbox.region.SandboxSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the region's orders ends in a hospital's books; the messages are as docs/hl7.md has them. */
class DeskTest {
    private static final String ID = "019ad000-0000-7000-8000-000000000001";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-12-01T02:00:00Z"), SandboxSettings.ZONE);

    @TempDir
    Path folder;

    private Bookings bookings;

    @BeforeEach
    void open() {
        bookings = Bookings.open(folder.resolve("bookings.log"), CLOCK);
    }

    @AfterEach
    void close() {
        bookings.close();
    }

    @Test
    void what_the_region_informs_of_is_noted_with_institution_day_and_state() {
        Desk desk = desk(BookingMode.KANGKA_FILLS);
        desk.answer(informs("S12", ID));
        assertThat(listed()).containsExactly("H001 2026-12-03 BOOKED");
        desk.answer(informs("S15", ID));
        assertThat(listed()).containsExactly("H001 2026-12-03 CANCELLED");
    }

    @Test
    void what_the_region_asks_is_noted_when_the_hospital_says_yes() {
        Desk desk = desk(BookingMode.HOSPITAL_FILLS);
        desk.mode(Mode.REFUSING);
        desk.answer(asks("S01"));
        assertThat(listed()).isEmpty();
        desk.mode(Mode.UP);
        desk.answer(asks("S01"));
        assertThat(listed()).containsExactly("H001 2026-12-03 BOOKED");
        desk.answer(asks("S04"));
        assertThat(listed()).containsExactly("H001 2026-12-03 CANCELLED");
    }

    @Test
    void what_it_refuses_to_note_is_not_noted_but_nobody_is_held_to_a_booking() {
        Desk desk = desk(BookingMode.KANGKA_FILLS);
        desk.answer(informs("S12", ID));
        desk.mode(Mode.REFUSING);
        desk.answer(informs("S12", ID.replace('1', '2')));
        assertThat(listed()).containsExactly("H001 2026-12-03 BOOKED");
        desk.answer(informs("S15", ID));
        assertThat(listed()).containsExactly("H001 2026-12-03 CANCELLED");
    }

    @Test
    void who_came_and_who_did_not_is_noted_of_bookings_that_it_has() {
        for (BookingMode mode : BookingMode.values()) {
            Desk desk = desk(mode);
            desk.answer(mode == BookingMode.KANGKA_FILLS ? informs("S12", ID) : asks("S01"));
            assertThat(desk.answer(informs("S26", ID)).text()).contains("|AA|");
            assertThat(listed()).containsExactly("H001 2026-12-03 MISSED");
            assertThat(desk.answer(informs("S14", ID)).text()).contains("|AA|");
            assertThat(listed()).containsExactly("H001 2026-12-03 ARRIVED");
            assertThat(bookings.count()).isEqualTo(1);
        }
    }

    @Test
    void who_came_to_what_it_does_not_have_is_refused() {
        Desk desk = desk(BookingMode.KANGKA_FILLS);
        assertThat(desk.answer(informs("S14", ID)).text()).contains("|AE|", "没有这个预约");
        desk.answer(informs("S12", ID));
        desk.answer(informs("S15", ID));
        assertThat(desk.answer(informs("S26", ID)).text()).contains("|AE|");
        assertThat(listed()).containsExactly("H001 2026-12-03 CANCELLED");
    }

    @Test
    void a_number_that_is_not_the_regions_is_none_of_its_bookings() {
        assertThat(desk(BookingMode.KANGKA_FILLS).answer(informs("S12", "4711")).text())
                .contains("|AA|");
        assertThat(listed()).isEmpty();
    }

    private Desk desk(BookingMode mode) {
        return new Desk("H001", mode, bookings, 1);
    }

    private static String informs(String trigger, String id) {
        return header("SIU^" + trigger + "^SIU_S12") + "SCH|" + id
                + "||||||||30|min|^^^20261203083000+0800^20261203090000+0800\r"
                + "TQ1|1||||||20261203083000+0800|20261203090000+0800\r";
    }

    private static String asks(String trigger) {
        return header("SRM^" + trigger + "^SRM_S01") + "ARQ|" + ID
                + "||||||||||20261203083000+0800^20261203090000+0800\r";
    }

    private static String header(String type) {
        return "MSH|^~\\&|KANGKA|KANGKA|HIS|H001|20261201100000+0800||" + type + "|1|P|2.5.1|||||CHN|UNICODE UTF-8\r";
    }

    private List<String> listed() {
        return bookings.lists().stream()
                .map(list -> list.getString("hospital") + " " + list.getString("day") + " "
                        + list.getJsonArray("bookings").getJsonObject(0).getString("status"))
                .toList();
    }
}
