package cn.kangka.empi.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.kit.id.Ids;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is not finished: a replay that fails, and a FHIR request whose process ended. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class ReplaysTest {
    @Inject
    Region region;

    @Inject
    MessageLog log;

    @Test
    void what_could_not_be_done_again_is_tried_later_and_given_up_in_the_end() {
        UUID broken = request(OffsetDateTime.now(ZoneOffset.UTC), "ACCEPTED");
        region.rows("insert into message_replay (message, asked_by, reason) values ($1, 'test', 'test')", broken);
        Until.good(() -> asked(broken).get(0).getInteger("attempts"), Integer.valueOf(1)::equals);
        assertThat(asked(broken).get(0).getOffsetDateTime("lease_until")).isAfter(OffsetDateTime.now(ZoneOffset.UTC));

        region.rows("update message_replay set attempts = 4, lease_until = null where message = $1", broken);
        Until.good(() -> asked(broken), List::isEmpty);
    }

    @Test
    void a_request_whose_process_ended_is_settled_and_one_that_is_worked_on_is_not() {
        UUID interrupted = request(OffsetDateTime.now(ZoneOffset.UTC).minusMinutes(6), "RECEIVED");
        UUID open = request(OffsetDateTime.now(ZoneOffset.UTC), "RECEIVED");
        log.settleInterrupted().await().indefinitely();
        assertThat(state(interrupted).getString("state")).isEqualTo("REFUSED");
        assertThat(state(interrupted).getString("error")).isEqualTo("interrupted before it was done");
        assertThat(state(open).getString("state")).isEqualTo("RECEIVED");
        region.rows("update message set state = 'REFUSED' where id = $1", open);
    }

    private Row state(UUID id) {
        return region.rows("select state, error from message where id = $1", id).get(0);
    }

    private List<Row> asked(UUID id) {
        return region.rows("select attempts, lease_until from message_replay where message = $1", id);
    }

    /** With a body that cannot be opened. */
    private UUID request(OffsetDateTime at, String state) {
        UUID id = Ids.at(at.toInstant().toEpochMilli());
        region.rows(
                "insert into message (id, direction, source, sender, code, trigger_event, control_id, received_at, state,"
                        + " body, charset) values ($1, 'IN', 'H001', 'fhir:test', 'FHIR', 'Patient', $2, $3, $4, '', 'UTF-8')",
                id,
                id.toString(),
                at,
                state);
        return id;
    }
}
