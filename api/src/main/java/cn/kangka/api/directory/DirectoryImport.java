package cn.kangka.api.directory;

import cn.kangka.api.platform.RegionEvent;
import cn.kangka.api.platform.RegionEventHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Follows {@code directory.bundle}: saves what a hospital said in a dozen statements, however large the bundle. Nothing
 * waits for what comes later (events of one hospital come in order, so waiting would wait for ever): what is pointed to
 * and not yet described becomes a placeholder.
 */
@ApplicationScoped
class DirectoryImport implements RegionEventHandler {
    private static final Logger LOG = Logger.getLogger(DirectoryImport.class);

    private final DirectoryStore directory;
    private final DirectoryImportStore staff;
    private final ScheduleImportStore schedule;
    private final ClinicsEnd clinics;

    DirectoryImport(
            DirectoryStore directory, DirectoryImportStore staff, ScheduleImportStore schedule, ClinicsEnd clinics) {
        this.clinics = clinics;
        this.directory = directory;
        this.staff = staff;
        this.schedule = schedule;
    }

    @Override
    public Set<String> types() {
        return Set.of("directory.bundle");
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, RegionEvent event) {
        String source = event.data().path("source").asText("");
        if (source.isBlank() || !event.data().path("bundle").isObject()) {
            throw new IllegalArgumentException("a directory.bundle without source or bundle");
        }
        DirectoryReader.Reading reading = DirectoryReader.read(event.data().path("bundle"));
        if (reading.unreadable() > 0) {
            LOG.warnf("directory of %s: %d entries could not be read", source, reading.unreadable());
        }
        DirectoryBundle said = reading.bundle().of(source);
        return clinics.end(tx, source, reading.ended())
                .chain(() -> staff.saveStaff(tx, source, said))
                .chain(() -> said.sessions().isEmpty()
                                && said.slots().isEmpty()
                                && said.roles().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : directory
                                .policies(tx, source)
                                .chain(policies -> schedule.saveSchedule(
                                        tx, source, said, policies.schedule(), policies.quota())));
    }
}
