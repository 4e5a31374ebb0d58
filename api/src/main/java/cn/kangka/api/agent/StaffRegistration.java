package cn.kangka.api.agent;

import cn.kangka.api.platform.WatchedList;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.sealing.Sealer;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Registers the staff of {@code kangka.agent.staff-file} at start and whenever the file changes. */
@ApplicationScoped
class StaffRegistration {
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};
    private static final Duration AT_START = Duration.ofSeconds(30);
    private static final String CLERK = "clerk";
    private static final Set<String> ROLES =
            Set.of("agent", "supervisor", "registrar", "editor", "integration", "auditor", "admin", CLERK);

    private final StaffStore store;
    private final Database database;
    private final Sealer sealer;
    private final AgentConfig config;
    private final WatchedList<Line> file;

    StaffRegistration(StaffStore store, Database database, ObjectMapper json, Sealer sealer, AgentConfig config) {
        this.store = store;
        this.database = database;
        this.sealer = sealer;
        this.config = config;
        this.file = new WatchedList<>(
                "staff", config.staffFile().filter(path -> config.sandboxLogin()), json, LINES, this::register);
    }

    /** One of the file; a clerk has sources. */
    record Line(String username, String password, Set<String> roles, Set<String> sources) {
        Line {
            sources = sources == null ? Set.of() : Set.copyOf(sources);
        }

        @Override
        public String toString() {
            return "a line about " + username;
        }
    }

    private record Hashed(Line line, String passwordHash, byte[] imported) {}

    void start(@Observes StartupEvent event) {
        file.takeAtStart(AT_START);
    }

    @Scheduled(
            every = "${kangka.agent.reload-every:10s}",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> reload() {
        return file.reload();
    }

    private Uni<Integer> register(List<Line> lines) {
        lines.forEach(StaffRegistration::demandSound);
        return store.imported()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(before -> changed(lines, before))
                .flatMap(hashed -> database.write(tx -> save(tx, lines, hashed)))
                .replaceWith(lines.size());
    }

    static void demandSound(Line line) {
        if (line.username() == null || line.password() == null || !ROLES.containsAll(line.roles())) {
            throw new IllegalArgumentException(line + ": needs a username, a password and known roles");
        }
        // Whoever works for an institution is bound to it, so they have no role that looks beyond it.
        boolean clerk = line.roles().contains(CLERK);
        if (clerk == line.sources().isEmpty() || clerk && line.roles().size() > 1) {
            throw new IllegalArgumentException(line + ": a clerk, and nobody else, has sources, and no other role");
        }
    }

    /** Only what changed is hashed: it is slow. */
    private List<Hashed> changed(List<Line> lines, Map<String, String> before) {
        return lines.stream()
                .map(line -> Map.entry(line, fingerprint(line)))
                .filter(entry -> !HexFormat.of()
                        .formatHex(entry.getValue())
                        .equals(before.get(entry.getKey().username())))
                .map(entry -> new Hashed(
                        entry.getKey(),
                        PasswordHash.of(entry.getKey().password(), config.hashRounds()),
                        entry.getValue()))
                .toList();
    }

    private byte[] fingerprint(Line line) {
        String what = line.username() + "\n" + line.password() + "\n" + new TreeSet<>(line.roles());
        return sealer.hash("staff", line.sources().isEmpty() ? what : what + "\n" + new TreeSet<>(line.sources()));
    }

    private Uni<Void> save(SqlConnection tx, List<Line> all, List<Hashed> changed) {
        Uni<Void> saved = store.keepOnly(tx, all.stream().map(Line::username).collect(Collectors.toSet()));
        for (Hashed each : changed) {
            saved = saved.chain(() -> store.save(
                    tx,
                    each.line().username(),
                    each.line().roles(),
                    each.line().sources(),
                    each.passwordHash(),
                    each.imported()));
        }
        return saved;
    }
}
