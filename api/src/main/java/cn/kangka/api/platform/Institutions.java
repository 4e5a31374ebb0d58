package cn.kangka.api.platform;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** What institutions are called, for texts that people read. Names are remembered; the old ones do while none answer. */
@ApplicationScoped
public class Institutions {
    private final InstitutionClient empi;
    private final InstitutionsConfig config;
    private final Clock clock;
    private volatile Known known = new Known(Map.of(), Instant.EPOCH);

    Institutions(@RestClient InstitutionClient empi, InstitutionsConfig config, Clock clock) {
        this.empi = empi;
        this.config = config;
        this.clock = clock;
    }

    private record Known(Map<String, String> names, Instant until) {}

    /** The institution's name; its id while the index does not answer. Never fails. */
    public Uni<String> name(String source) {
        return all().map(names -> names.getOrDefault(source, source));
    }

    /** Names by id; empty while the index never answered. Never fails. */
    public Uni<Map<String, String>> all() {
        if (clock.instant().isBefore(known.until())) {
            return Uni.createFrom().item(known.names());
        }
        return empi.list()
                .map(Institutions::byId)
                .map(names -> remember(names, config.remembered()))
                .onFailure()
                .recoverWithItem(() -> remember(known.names(), config.askAgain()));
    }

    private Map<String, String> remember(Map<String, String> names, Duration time) {
        known = new Known(names, clock.instant().plus(time));
        return names;
    }

    private static Map<String, String> byId(InstitutionClient.Sources sources) {
        return sources.items().stream()
                .collect(Collectors.toUnmodifiableMap(
                        InstitutionClient.Source::id, InstitutionClient.Source::name, (first, again) -> again));
    }
}
