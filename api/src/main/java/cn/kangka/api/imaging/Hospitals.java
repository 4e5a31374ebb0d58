package cn.kangka.api.imaging;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** The hospitals of the region as the index knows them: names, and where their picture archives are. */
@ApplicationScoped
public class Hospitals {
    private static final Logger LOG = Logger.getLogger(Hospitals.class);

    private final IndexClient index;
    private volatile Map<String, IndexClient.Source> known = Map.of();

    Hospitals(@RestClient IndexClient index) {
        this.index = index;
    }

    void start(@Observes StartupEvent event) {
        refresh().subscribe().with(done -> LOG.debug("hospitals are known"));
    }

    /** Asks the index again; what was known stays when it does not answer. */
    @Scheduled(every = "${kangka.imaging.hospitals-every:5m}", delayed = "30s")
    Uni<Void> refresh() {
        return load().replaceWithVoid().onFailure().recoverWithUni(failure -> {
            LOG.warnf(
                    "the index does not tell its sources: %s",
                    failure.getClass().getSimpleName());
            return Uni.createFrom().voidItem();
        });
    }

    private Uni<Map<String, IndexClient.Source>> load() {
        return index.sources()
                .map(sources -> sources.items().stream()
                        .collect(
                                Collectors.toMap(IndexClient.Source::id, Function.identity(), (first, again) -> again)))
                .invoke(sources -> known = Map.copyOf(sources));
    }

    /** The hospital's name; its id while the index has not told. */
    public String name(String source) {
        IndexClient.Source found = known.get(source);
        return found == null || found.name() == null ? source : found.name();
    }

    /** Base addresses of picture archives by source; asks the index when nothing is known yet. */
    Uni<Map<String, String>> archives() {
        Uni<Map<String, IndexClient.Source>> all =
                known.isEmpty() ? load() : Uni.createFrom().item(known);
        return all.map(sources -> sources.values().stream()
                .filter(source ->
                        source.dicomWeb() != null && !source.dicomWeb().isBlank())
                .collect(Collectors.toMap(
                        IndexClient.Source::id, source -> source.dicomWeb().replaceFirst("/+$", ""))));
    }
}
