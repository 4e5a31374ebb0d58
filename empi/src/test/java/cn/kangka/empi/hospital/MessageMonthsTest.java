package cn.kangka.empi.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.testing.Region;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The message log's months. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class MessageMonthsTest {
    private static final OffsetDateTime OLD = OffsetDateTime.of(2001, 2, 15, 12, 0, 0, 0, ZoneOffset.UTC);

    @Inject
    Region region;

    @Inject
    MessageMonths months;

    @Test
    void this_and_the_next_month_are_there_and_nothing_is_in_none() {
        months.keep().await().indefinitely();
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        assertThat(partitions()).contains(name(now), name(now.withDayOfMonth(1).plusMonths(1)));
        UUID id = message(now, "ACCEPTED");
        assertThat(tableOf(id)).isEqualTo(name(now));
    }

    @Test
    void what_came_without_a_month_moves_into_it_and_old_months_are_dropped_with_what_they_remembered() {
        UUID done = message(OLD, "ACCEPTED");
        assertThat(tableOf(done)).isEqualTo("message_of_no_month");
        region.rows("select message_month($1)", OLD);
        assertThat(tableOf(done)).isEqualTo("message_2001_02");

        OffsetDateTime march = OLD.plusMonths(1);
        region.rows("select message_month($1)", march);
        UUID unhandled = message(march, "FAILED");
        months.keep().await().indefinitely();
        assertThat(partitions()).doesNotContain("message_2001_02").contains("message_2001_03");
        assertThat(region.rows("select 1 from message_once where message = $1", done))
                .isEmpty();
        assertThat(tableOf(unhandled)).as("nobody handled it yet").isEqualTo("message_2001_03");

        region.rows("update message set state = 'REFUSED' where id = $1", unhandled);
        months.keep().await().indefinitely();
        assertThat(partitions()).doesNotContain("message_2001_03");
    }

    private UUID message(OffsetDateTime at, String state) {
        UUID id = Ids.at(at.toInstant().toEpochMilli());
        region.rows(
                "insert into message (id, direction, source, sender, code, trigger_event, control_id, received_at, state,"
                        + " body, charset) values ($1, 'IN', 'M001', 'months', 'ADT', 'A08', $2, $3, $4, '', 'UTF-8')",
                id,
                id.toString(),
                at,
                state);
        region.rows("insert into message_once (key, message) values (sha256($1::text::bytea), $2)", id.toString(), id);
        return id;
    }

    private String tableOf(UUID id) {
        return region.rows("select tableoid::regclass::text from message where id = $1", id)
                .get(0)
                .getString(0);
    }

    private List<String> partitions() {
        return region
                .rows("select inhrelid::regclass::text from pg_inherits where inhparent = 'message'::regclass")
                .stream()
                .map(row -> row.getString(0))
                .toList();
    }

    private static String name(OffsetDateTime month) {
        return "message_%d_%02d".formatted(month.getYear(), month.getMonthValue());
    }
}
