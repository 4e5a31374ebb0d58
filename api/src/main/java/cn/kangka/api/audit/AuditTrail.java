package cn.kangka.api.audit;

import cn.kangka.kit.audit.AuditChain;
import cn.kangka.kit.idempotency.Idempotency;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Keeps the chain of the audit going, and checks it. */
@ApplicationScoped
public class AuditTrail {
    private final AuditChain chain;
    private final Idempotency idempotency;

    AuditTrail(AuditChain chain, Idempotency idempotency) {
        this.chain = chain;
        this.idempotency = idempotency;
    }

    /** Whether the audit is whole. */
    @Schema(description = "Whether the audit was left alone")
    record Verdict(
            boolean whole,

            @Schema(description = "First entry of the chain that does not fit; 0 when all do")
            long brokenAt,

            @Schema(description = "Entries older than the chain's end that are in no chain; wants a person")
            long leftOut,

            @Schema(
                    description =
                            "Entries older than ten minutes that are still to be chained; 0 when chaining keeps up")
            long waiting) {}

    Uni<Verdict> verify() {
        return chain.verify()
                .map(verdict -> new Verdict(verdict.whole(), verdict.brokenAt(), verdict.leftOut(), verdict.waiting()));
    }

    @Scheduled(every = "${kangka.audit.chain-every:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> extend() {
        return chain.extend().replaceWithVoid();
    }

    @Scheduled(
            every = "${kangka.audit.forget-every:1h}",
            delayed = "1m",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forget() {
        return idempotency.forget().replaceWithVoid();
    }
}
