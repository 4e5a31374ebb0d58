package cn.kangka.api.imaging;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.account.Denials;
import cn.kangka.api.imaging.ImagingStore.Owned;
import cn.kangka.api.imaging.ImagingStore.Study;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;

/** What a citizen sees of their own images. Every look is checked and audited, each picture's too. */
@ApplicationScoped
class Imaging {
    private static final Logger LOG = Logger.getLogger(Imaging.class);
    private static final String LIST = "imaging.list";
    private static final String READ = "imaging.read";
    private static final String VIEW = "imaging.view";

    private final ArchiveIndex archives;
    private final Hospitals hospitals;
    private final Pacs pacs;
    private final ImagingStore store;
    private final Callers callers;
    private final Denials denials;
    private final Audit audit;
    private final ImagingConfig config;

    Imaging(
            ArchiveIndex archives,
            Hospitals hospitals,
            Pacs pacs,
            ImagingStore store,
            Callers callers,
            Denials denials,
            Audit audit,
            ImagingConfig config) {
        this.archives = archives;
        this.hospitals = hospitals;
        this.pacs = pacs;
        this.store = store;
        this.callers = callers;
        this.denials = denials;
        this.audit = audit;
        this.config = config;
    }

    /** The calling citizen's studies, newest first. */
    Uni<ImagingPage> list(String cursor, int limit) {
        Cursor after = Cursor.decode(cursor);
        return callers.citizen(config.level()).flatMap(caller -> archives.refresh(caller.person())
                .flatMap(incomplete ->
                        store.page(caller.person(), after, limit + 1).map(rows -> page(rows, limit, incomplete)))
                .call(() -> seen(caller, LIST, null)));
    }

    private ImagingPage page(List<Study> rows, int limit, List<String> incomplete) {
        Page<Study> page =
                Page.of(rows, limit, study -> new Cursor(study.studyAt().toInstant(), study.id()));
        List<StudyItem> items = page.items().stream()
                .map(study -> new StudyItem(
                        study.id(),
                        hospital(study),
                        study.modality(),
                        study.description(),
                        Dicom.day(study.studyAt()),
                        study.images()))
                .toList();
        return new ImagingPage(items, page.next(), incomplete);
    }

    private StudyItem.HospitalRef hospital(Study study) {
        return new StudyItem.HospitalRef(study.source(), hospitals.name(study.source()));
    }

    /** One of the calling citizen's studies with its series and images. */
    Uni<StudyView> study(UUID id) {
        return callers.citizen(config.level()).flatMap(caller -> owned(caller, id, READ, id.toString())
                .flatMap(owned -> archive(owned).flatMap(archive -> images(archive, owned)
                        .flatMap(images -> pacs.series(archive, owned.studyUid())
                                .map(series -> view(owned.study(), series, images)))))
                .onFailure(failure -> !(failure instanceof HttpProblem))
                .transform(Imaging::unavailable)
                .call(() -> seen(caller, READ, id.toString())));
    }

    private Uni<Owned> owned(Caller caller, UUID id, String action, String object) {
        return store.find(id)
                .flatMap(found -> found != null && Objects.equals(found.owner(), caller.person())
                        ? Uni.createFrom().item(found)
                        : denials.notFound(action, found == null ? null : found.owner(), object));
    }

    private Uni<Pacs.Archive> archive(Owned owned) {
        String source = owned.study().source();
        return hospitals
                .archives()
                .map(archives -> archives.get(source))
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("that hospital has no archive any more"))
                .map(base -> new Pacs.Archive(source, base));
    }

    private Uni<List<PacsInstance>> images(Pacs.Archive archive, Owned owned) {
        return pacs.instances(archive, owned.studyUid(), owned.patientId())
                .call(images -> store.putInstances(owned.study().id(), images));
    }

    private StudyView view(Study study, JsonNode series, List<PacsInstance> images) {
        return new StudyView(
                study.id(),
                hospital(study),
                study.modality(),
                study.description(),
                Dicom.day(study.studyAt()),
                SeriesOrder.of(series, images));
    }

    /**
     * One image of one of the calling citizen's studies.
     *
     * @param thumbnail a small one
     */
    Uni<Picture> picture(UUID id, String uid, boolean thumbnail) {
        String object = id + "/" + uid;
        return callers.citizen(config.level()).flatMap(caller -> owned(caller, id, VIEW, object)
                .flatMap(owned -> archive(owned).flatMap(archive -> image(archive, owned, uid)
                        .flatMap(image -> image == null
                                ? denials.<Picture>notFound(VIEW, owned.owner(), object)
                                : seen(caller, VIEW, object)
                                        .chain(() -> pacs.picture(
                                                archive,
                                                owned.studyUid(),
                                                image,
                                                thumbnail ? config.thumbnail() : 0)))))
                .onFailure(failure -> !(failure instanceof HttpProblem))
                .transform(Imaging::unavailable));
    }

    /** The image by the index, or by the archive when the study was not opened before; null when it is not its. */
    private Uni<PacsInstance> image(Pacs.Archive archive, Owned owned, String uid) {
        return store.instance(owned.study().id(), uid).onItem().ifNull().switchTo(() -> images(archive, owned)
                .map(images -> images.stream()
                        .filter(image -> image.uid().equals(uid))
                        .findFirst()
                        .orElse(null)));
    }

    private static HttpProblem unavailable(Throwable failure) {
        if (failure instanceof NoSuchPicture) {
            return Problems.notFound();
        }
        LOG.warnf("no picture: %s", failure.getClass().getSimpleName());
        return Problems.of(503, "unavailable");
    }

    private Uni<Void> seen(Caller caller, String action, String object) {
        return audit.record(AuditEntry.allowed(callers.actorKind(), callers.actor(), action, caller.person(), object));
    }
}
