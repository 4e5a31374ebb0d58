package cn.kangka.api.imaging;

import cn.kangka.api.imaging.ImagingStore.Patient;
import cn.kangka.kit.database.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Keeps the index of studies as fresh as the archives let it, one hospital at a time and none in another's way. */
@ApplicationScoped
class ArchiveIndex {
    private static final Logger LOG = Logger.getLogger(ArchiveIndex.class);
    private static final int AT_A_TIME = 4;

    private final Hospitals hospitals;
    private final IndexClient index;
    private final Pacs pacs;
    private final ImagingStore store;
    private final Database database;
    private final Clock clock;
    private final ImagingConfig config;

    ArchiveIndex(
            Hospitals hospitals,
            @RestClient IndexClient index,
            Pacs pacs,
            ImagingStore store,
            Database database,
            Clock clock,
            ImagingConfig config) {
        this.hospitals = hospitals;
        this.index = index;
        this.pacs = pacs;
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.config = config;
    }

    /** Asks the archives of a person's hospitals, unless they were asked just now; gives those that did not answer. */
    Uni<List<String>> refresh(UUID person) {
        return store.patients(person)
                .map(patients -> patients.stream().filter(this::stale).toList())
                .flatMap(stale -> stale.isEmpty()
                        ? Uni.createFrom().item(List.of())
                        : hospitals
                                .archives()
                                .flatMap(archives -> refresh(person, stale, archives))
                                .onFailure()
                                .recoverWithItem(failure -> unanswered("index", failure, stale)));
    }

    private boolean stale(Patient patient) {
        return patient.refreshedAt() == null
                || patient.refreshedAt().plus(config.cacheFor()).isBefore(clock.instant());
    }

    private Uni<List<String>> refresh(UUID person, List<Patient> stale, Map<String, String> archives) {
        List<Patient> served = stale.stream()
                .filter(patient -> archives.containsKey(patient.source()))
                .toList();
        if (served.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return index.person(person)
                .map(ArchiveIndex::localIds)
                .flatMap(localIds -> Multi.createFrom()
                        .iterable(served)
                        .onItem()
                        .transformToUni(patient -> ask(
                                patient,
                                new Pacs.Archive(patient.source(), archives.get(patient.source())),
                                localIds.get(patient.identity())))
                        .merge(AT_A_TIME)
                        .collect()
                        .asList())
                .map(lists -> sorted(lists.stream().flatMap(List::stream).toList()))
                .onFailure()
                .recoverWithItem(failure -> unanswered("index", failure, served));
    }

    private static Map<UUID, String> localIds(IndexClient.Person person) {
        return person.identities().stream()
                .filter(identity -> identity.localId() != null)
                .collect(Collectors.toMap(
                        IndexClient.Identity::identity, IndexClient.Identity::localId, (first, again) -> again));
    }

    private Uni<List<String>> ask(Patient patient, Pacs.Archive archive, String localId) {
        if (localId == null) {
            return Uni.createFrom().item(List.of(patient.source()));
        }
        return pacs.studies(archive, localId)
                .flatMap(studies -> database.write(tx -> store.put(
                        tx, patient, localId, studies, studies.size() < config.mostStudies(), clock.instant())))
                .replaceWith(List.<String>of())
                .onFailure()
                .recoverWithItem(failure -> unanswered(patient.source(), failure, List.of(patient)));
    }

    private static List<String> unanswered(String who, Throwable failure, List<Patient> patients) {
        LOG.warnf("no studies from %s: %s", who, failure.getClass().getSimpleName());
        return sorted(patients.stream().map(Patient::source).toList());
    }

    private static List<String> sorted(List<String> sources) {
        return List.copyOf(new TreeSet<>(sources));
    }
}
