package cn.kangka.empi.hospital;

import cn.kangka.kit.database.Database;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** Writes every few seconds how the connections of this instance stand, for whoever looks at all instances. */
@ApplicationScoped
class LineStates {
    private final MllpServer server;
    private final MllpPeers peers;
    private final Database database;
    private final Clock clock;
    private final TrafficConfig traffic;
    private final String instance = UUID.randomUUID().toString();

    LineStates(MllpServer server, MllpPeers peers, Database database, Clock clock, TrafficConfig traffic) {
        this.server = server;
        this.peers = peers;
        this.database = database;
        this.clock = clock;
        this.traffic = traffic;
    }

    @Scheduled(every = "3s", delayed = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> tell() {
        if (!traffic.enabled()) {
            return Uni.createFrom().voidItem();
        }
        List<LineState> all =
                Stream.concat(server.states().stream(), peers.states().stream()).toList();
        OffsetDateTime now = OffsetDateTime.now(clock);
        return database.write(tx -> tx.preparedQuery(
                        "delete from hospital_line where instance = $1 or seen_at < $2::timestamptz - interval '1 minute'")
                .execute(Tuple.of(instance, now))
                .chain(() -> all.isEmpty() ? Uni.createFrom().voidItem() : write(tx, all, now)));
    }

    private Uni<Void> write(SqlConnection tx, List<LineState> all, OffsetDateTime now) {
        return tx.preparedQuery(
                        "insert into hospital_line (instance, direction, source, remote, since, messages, last_at,"
                                + " failure, seen_at) select $1, l.direction, l.source, l.remote, l.since, l.messages, l.last_at,"
                                + " l.failure, $2 from unnest($3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::bigint[],"
                                + " $8::timestamptz[], $9::text[])"
                                + " as l(direction, source, remote, since, messages, last_at, failure)")
                .execute(Tuple.from(new Object[] {
                    instance,
                    now,
                    texts(all, state -> state.incoming() ? "IN" : "OUT"),
                    texts(all, LineState::source),
                    texts(all, LineState::remote),
                    times(all, LineState::since),
                    all.stream().map(LineState::messages).toArray(Long[]::new),
                    times(all, LineState::lastAt),
                    texts(all, LineState::failure)
                }))
                .replaceWithVoid();
    }

    private static String[] texts(List<LineState> all, Function<LineState, String> field) {
        return all.stream().map(field).toArray(String[]::new);
    }

    private static OffsetDateTime[] times(List<LineState> all, Function<LineState, Instant> field) {
        return all.stream()
                .map(field)
                .map(at -> at == null ? null : at.atOffset(ZoneOffset.UTC))
                .toArray(OffsetDateTime[]::new);
    }
}
