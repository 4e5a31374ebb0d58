package cn.kangka.api.audit;

import cn.kangka.api.account.Callers;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.spi.runtime.AuthorizationFailureEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.ObservesAsync;
import java.time.Duration;

/** Notes calls of routes that a caller's role does not allow (rule 9 of the house). Runs on a worker, after the answer. */
@ApplicationScoped
class RoleDenials {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Audit audit;

    RoleDenials(Audit audit) {
        this.audit = audit;
    }

    void note(@ObservesAsync AuthorizationFailureEvent event) {
        SecurityIdentity caller = event.getSecurityIdentity();
        if (caller == null || caller.isAnonymous()) {
            return; // A call without a token is nobody's act.
        }
        Object method = event.getEventProperties().get(AuthorizationFailureEvent.SECURED_METHOD_KEY);
        audit.record(AuditEntry.denied(
                        Callers.kindOf(caller.getRoles()),
                        caller.getPrincipal().getName(),
                        "route.role",
                        null,
                        method == null ? null : method.toString()))
                .await()
                .atMost(PATIENCE);
    }
}
