package cn.kangka.empi.platform;

import cn.kangka.kit.audit.AuditChain;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Chains the audit while the service runs. */
@ApplicationScoped
class AuditUpkeep {
    private final AuditChain chain;

    AuditUpkeep(AuditChain chain) {
        this.chain = chain;
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> extend() {
        return chain.extend().replaceWithVoid();
    }
}
