package cn.kangka.api.schedule;

import cn.kangka.api.account.Callers;
import cn.kangka.api.directory.Directory;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Whose schedule a caller may change: a hospital's client and clerk those they speak for, a supervisor anybody's. */
@ApplicationScoped
class Owner {
    private final Callers callers;
    private final Directory directory;

    Owner(Callers callers, Directory directory) {
        this.callers = callers;
        this.directory = directory;
    }

    /** The hospital's id; 404 for one that is not there, or not the caller's; 422 when none is named and it is not clear. */
    Uni<String> of(String named) {
        boolean own = callers.isOfInstitutions();
        String hospital = named == null && own ? callers.onlySource() : named;
        if (own && hospital != null && !callers.sources().contains(hospital)) {
            return Uni.createFrom().failure(Problems.notFound());
        }
        return hospital == null
                ? Uni.createFrom().failure(Problems.invalid("hospital", "required"))
                : directory.hospital(hospital).replaceWith(hospital);
    }

    String kind() {
        return callers.actorKind();
    }

    String name() {
        return callers.actor();
    }
}
