package cn.kangka.api.partner;

import cn.kangka.api.platform.WatchedList;
import cn.kangka.kit.database.Database;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jboss.logging.Logger;

/** Registers the clients of {@code kangka.partner.clients-file} at start and whenever the file changes. */
@ApplicationScoped
class ClientRegistration {
    private static final Logger LOG = Logger.getLogger(ClientRegistration.class);
    private static final TypeReference<List<Client>> CLIENTS = new TypeReference<>() {};
    private static final Duration AT_START = Duration.ofSeconds(10);

    private final ClientStore store;
    private final Database database;
    private final Clock clock;
    private final WatchedList<Client> file;

    ClientRegistration(ClientStore store, Database database, ObjectMapper json, Clock clock, PartnerConfig config) {
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.file = new WatchedList<>("clients", config.clientsFile(), json, CLIENTS, this::register);
    }

    void start(@Observes StartupEvent event) {
        file.takeAtStart(AT_START);
    }

    @Scheduled(
            every = "${kangka.partner.reload-every:10s}",
            delayed = "10s",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> reload() {
        return file.reload();
    }

    @Scheduled(every = "10m", delayed = "5m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return store.prune(OffsetDateTime.now(clock));
    }

    private Uni<Integer> register(List<Client> listed) {
        List<Client> clients =
                listed.stream().filter(ClientRegistration::isSound).toList();
        return database.write(tx -> store.replace(tx, clients)).replaceWith(clients.size());
    }

    private static boolean isSound(Client client) {
        String fault = client.fault();
        if (fault != null) {
            LOG.errorf("client %s is not registered: %s", client.clientId(), fault);
        }
        return fault == null;
    }
}
