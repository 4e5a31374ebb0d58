package cn.kangka.api.schedule;

import cn.kangka.api.account.Callers;
import cn.kangka.api.directory.Directory;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Whose schedule a caller may change: a hospital's client its own, a supervisor anybody's. */
@ApplicationScoped
class Owner {
    private final Callers callers;
    private final Directory directory;

    Owner(Callers callers, Directory directory) {
        this.callers = callers;
        this.directory = directory;
    }

    /** The hospital's id; 404 for one that is not there, or not the caller's; 422 when a supervisor names none. */
    Uni<String> of(String named) {
        String own = callers.is("hospital") ? callers.source() : null;
        if (own != null && named != null && !named.equals(own)) {
            return Uni.createFrom().failure(Problems.notFound());
        }
        String hospital = own == null ? named : own;
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
