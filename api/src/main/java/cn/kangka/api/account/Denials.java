package cn.kangka.api.account;

import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Refuses access to somebody's data and leaves an audit entry about it (rule 9 of the house). */
@ApplicationScoped
public class Denials {
    private final Audit audit;
    private final Callers callers;

    public Denials(Audit audit, Callers callers) {
        this.audit = audit;
        this.callers = callers;
    }

    /** Fails with 404, exactly as for what does not exist, after the entry is durable. */
    public <T> Uni<T> notFound(String action, UUID person, String object) {
        return refuse(Problems.notFound(), action, person, object);
    }

    /** Fails with 403 after the entry is durable. */
    public <T> Uni<T> forbidden(String action, UUID person, String object) {
        return refuse(Problems.forbidden(), action, person, object);
    }

    /**
     * Fails with the given refusal after the entry is durable.
     *
     * @param person whose data it was about; null when unknown
     */
    public <T> Uni<T> refuse(HttpProblem refusal, String action, UUID person, String object) {
        return audit.record(AuditEntry.denied(callers.actorKind(), callers.actor(), action, person, object))
                .chain(() -> Uni.createFrom().failure(refusal));
    }
}
