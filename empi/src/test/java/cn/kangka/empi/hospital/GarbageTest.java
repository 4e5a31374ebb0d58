package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a broken or hostile sender can do: cost its own connection. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class GarbageTest {
    @Inject
    Region region;

    @Inject
    MllpServer server;

    @Test
    void bytes_without_a_start_block_close_the_connection() throws Exception {
        try (MllpClient client = region.connect()) {
            byte[] garbage = new byte[200_000];
            Arrays.fill(garbage, (byte) 'x');
            assertThatThrownBy(() -> {
                        client.postRaw(garbage);
                        client.receive();
                    })
                    .isInstanceOf(IOException.class);
        }
        othersAreServed();
    }

    @Test
    void a_hundred_megabytes_without_an_end_block_close_the_connection_and_are_forgotten() throws Exception {
        long before = used();
        try (MllpClient client = region.connect()) {
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            client.postRaw(new byte[] {0x0B});
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            client.postRaw(block);
                        }
                        client.receive();
                    })
                    .isInstanceOf(IOException.class);
        }
        othersAreServed();
        nothingIsHeld();
        assertThat(used() - before).as("bytes kept").isLessThan(64 << 20);
    }

    @Test
    void many_connections_with_large_messages_stay_within_the_memory_that_is_theirs() throws Exception {
        List<MllpClient> clients = new ArrayList<>();
        byte[] begun = new byte[12 << 20];
        Arrays.fill(begun, (byte) 'x');
        begun[0] = 0x0B;
        long most = 0;
        try {
            for (int i = 0; i < 10; i++) {
                MllpClient client = region.connect();
                clients.add(client);
                try {
                    client.postRaw(begun);
                } catch (IOException closed) {
                    assertThat(i).as("connections before the limit").isGreaterThan(1);
                }
                most = Math.max(most, server.buffered());
            }
            othersAreServed();
        } finally {
            for (MllpClient client : clients) {
                client.close();
            }
        }
        assertThat(most).isLessThan(160L << 20);
        nothingIsHeld();
    }

    @Test
    void a_sender_that_stops_within_a_message_is_closed_after_a_while() throws Exception {
        try (MllpClient client = region.connect()) {
            client.postRaw("\u000BMSH|^~\\&|HIS|H001".getBytes(UTF_8));
            assertThatThrownBy(client::receive).isInstanceOf(java.io.EOFException.class);
        }
        othersAreServed();
    }

    @Test
    void a_truncated_message_does_not_spoil_the_next_one() throws Exception {
        try (MllpClient client = region.connect()) {
            client.postRaw("\u000BMSH|^~\\&|HIS|H001|KANGKA".getBytes(UTF_8));
            assertThat(Region.verdict(Hl7Message.of(client.send(message("T1")))))
                    .isEqualTo("AA");
        }
    }

    @Test
    void messages_sent_at_once_are_answered_in_order() throws Exception {
        try (MllpClient client = region.connect()) {
            StringBuilder expected = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                String message = message("O" + i);
                expected.append(Hl7Message.of(message).controlId());
                client.post(message);
            }
            StringBuilder answered = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                answered.append(Hl7Message.of(client.receive())
                        .segment("MSA")
                        .orElseThrow()
                        .value(2));
            }
            assertThat(answered.toString()).isEqualTo(expected.toString());
        }
    }

    @Test
    void connections_that_are_gone_are_forgotten() throws Exception {
        for (int i = 0; i < 20; i++) {
            region.connect().close();
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (server.connections() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(server.connections()).isZero();
    }

    /** Soon after the last answer, that is: memory is given back when the answer is written. */
    private void nothingIsHeld() {
        assertThat(Until.good(server::buffered, held -> held == 0)).isZero();
    }

    private void othersAreServed() throws IOException {
        assertThat(Region.verdict(region.send(message("G1")))).isEqualTo("AA");
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static String message(String localId) {
        return Adt.register("H001", "A28", "GB-" + localId, "", "石头", "19700101", Adt.phone());
    }
}
