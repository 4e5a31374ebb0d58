package cn.kangka.empi.testing;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hospital.MllpServer;
import cn.kangka.sandbox.hl7.MllpClient;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The service under test as a hospital and a test's database client see it. */
@ApplicationScoped
public class Region {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final MllpServer server;
    private final Pool pool;

    public Region(MllpServer server, Pool pool) {
        this.server = server;
        this.pool = pool;
    }

    /** A new connection. */
    public MllpClient connect() throws IOException {
        return MllpClient.connect("localhost", server.port(), PATIENCE);
    }

    /** Sends one message over a connection of its own. */
    public Hl7Message send(String message) throws IOException {
        try (MllpClient client = connect()) {
            return Hl7Message.of(client.send(message));
        }
    }

    /** MSA-1 of the answer. */
    public static String verdict(Hl7Message answer) {
        return answer.segment("MSA").orElseThrow().value(1);
    }

    /** Rows of a query. */
    public List<Row> rows(String sql, Object... values) {
        return StreamSupport.stream(
                        pool.preparedQuery(sql)
                                .execute(Tuple.tuple(List.of(values)))
                                .await()
                                .atMost(PATIENCE)
                                .spliterator(),
                        false)
                .toList();
    }

    /** The person that the log says a message was about. */
    public UUID personOf(Hl7Message answer) {
        return rows(
                        "select person from message where control_id = $1",
                        answer.segment("MSA").orElseThrow().value(2))
                .get(0)
                .getUUID(0);
    }

    /** The identity that the log says a message was about. */
    public UUID identityOf(Hl7Message answer) {
        return rows(
                        "select identity from message where control_id = $1",
                        answer.segment("MSA").orElseThrow().value(2))
                .get(0)
                .getUUID(0);
    }
}
