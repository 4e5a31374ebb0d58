package cn.kangka.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.RunCommand;
import cn.kangka.sandbox.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A region under steady load for {@code -Dkangka.soak.minutes} (20): hospitals live and register people, citizens read.
 * Nothing is refused, no service logs an error, everything is delivered, and memory does not grow.
 */
@Tag("proof")
class SoakTest {
    private static final String PEOPLE = "1000";
    private static final String PACE = "600";
    private static final int ROUNDS = 12;
    private static final long GROWTH_MEBIBYTES = 150;

    private final Path data = Path.of("target", "soak").toAbsolutePath();
    private final Ports ports = Ports.free();
    private final RegionTables tables = new RegionTables(ports);

    @Test
    void under_steady_load_memory_stays_and_nothing_is_lost_or_refused() throws Exception {
        Duration length = Duration.ofMinutes(Long.getLong("kangka.soak.minutes", 20));
        Figures figures = new Figures();
        try (RunCommand region = RunCommand.start(data, ports, "--fresh", "--people", PEOPLE, "--pace", PACE)
                .awaitReady()) {
            TestTokens.useKeys(data.resolve("keys"));
            prepare();
            Messages messages = new Messages(data, ports.mllp());
            long early = 0;
            double reads = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                messages.perSecond(4, 500);
                // Tokens anew each time: one lives ten minutes.
                reads += Wrk.steady("http://localhost:" + ports.api(), readers(), (int) (length.toSeconds() / ROUNDS));
                if (round == ROUNDS / 3) {
                    early = region.memory();
                }
            }
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> tables.count("empi", "outbox") + tables.count("api", "outbox") == 0);
            long late = region.memory();
            assertThat(late - early)
                    .as("MiB that memory grew after a third of the time")
                    .isLessThan(GROWTH_MEBIBYTES);
            assertThat(errors()).isEmpty();
            figures.add("minutes under load", Figures.number(length.toMinutes()), "");
            figures.add("registrations, each told to seven hospitals", Integer.toString(ROUNDS * 500), "none refused");
            figures.add("reads of `/v1/me/reports`", Figures.number(reads), "all 200");
            figures.add(
                    "messages of the living hospitals",
                    Integer.toString(tables.count("empi", "message where direction = 'IN'")),
                    "");
            figures.add("memory (PSS) after a third of the time", early + " MiB", "");
            figures.add("memory (PSS) at the end", late + " MiB", "may grow by " + GROWTH_MEBIBYTES + " MiB");
            figures.add("ERROR lines in the services' logs", "0", "");
        }
        figures.write("SoakTest", Path.of("target", "soak.md"));
    }

    /** An account for everybody. */
    private void prepare() throws SQLException {
        tables.execute("api", """
                insert into account (id, phone_hash, phone, person, level)
                select gen_random_uuid(), decode(md5(p.id::text), 'hex'), decode(md5(p.id::text), 'hex'), p.id, 2
                from person p where p.status = 'ACTIVE' and not exists (select 1 from account a where a.person = p.id)
                """);
    }

    private List<String> readers() throws SQLException {
        return tables.query("api", "select id from account where level = 2 limit 500").stream()
                .map(account -> "/v1/me/reports " + TestTokens.citizen(UUID.fromString(account), 2))
                .toList();
    }

    private List<String> errors() throws IOException {
        try (Stream<Path> logs = Files.list(data.resolve("logs"))) {
            return logs.flatMap(SoakTest::lines)
                    .filter(line -> line.contains(" ERROR "))
                    .toList();
        }
    }

    private static Stream<String> lines(Path log) {
        try {
            return Files.readAllLines(log).stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
