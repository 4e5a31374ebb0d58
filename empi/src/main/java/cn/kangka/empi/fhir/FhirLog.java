package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.MessageLog;
import cn.kangka.empi.hospital.MessageLog.Outcome;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The envelope of every FHIR request that tells something: kept whole and sealed first, then read on a worker, then done and
 * settled in one transaction. A request that is refused is settled as such; one that failed was never done.
 */
@ApplicationScoped
class FhirLog {
    private static final Logger LOG = Logger.getLogger(FhirLog.class);
    private static final int FAILED = 500;

    private final Database database;
    private final MessageLog log;
    private final Outbox outbox;

    FhirLog(Database database, MessageLog log, Outbox outbox) {
        this.database = database;
        this.log = log;
        this.outbox = outbox;
    }

    /** What a request does; it may be begun anew, so it has no effect but in the database. */
    @FunctionalInterface
    interface Work {
        Uni<Done> in(SqlConnection tx);
    }

    /**
     * What was done.
     *
     * @param identity whose request it was; null when it is about none or several
     * @param person of that identity
     */
    record Done(FhirAnswer answer, UUID identity, UUID person) {
        static Done of(FhirAnswer answer) {
            return new Done(answer, null, null);
        }
    }

    /**
     * Takes a request.
     *
     * @param name of what is told, such as {@code Patient}
     * @param reading checks the body, and says what is to be done; runs on a worker
     */
    Uni<FhirAnswer> take(byte[] body, FhirSender sender, String name, Supplier<Uni<Work>> reading) {
        UUID id = Ids.next();
        String source =
                sender.sources().size() == 1 ? sender.sources().iterator().next() : null;
        return onWorker(() -> log.seal(id, source, sender.client(), name, body))
                .chain(arrived -> database.write(tx -> log.arrived(tx, arrived)))
                .chain(() -> again(id, reading));
    }

    /** Does what a stored request asks. */
    Uni<FhirAnswer> again(UUID id, Supplier<Uni<Work>> reading) {
        return onWorker(reading)
                .chain(begun -> begun)
                .chain(work -> database.write(
                        tx -> work.in(tx).call(done -> log.settled(tx, id, outcome(done.answer(), done, null)))))
                .map(Done::answer)
                .onFailure(FhirRefusedException.class)
                .recoverWithUni(refused -> refused(id, refused))
                .onFailure()
                .call(failure -> failed(id))
                .invoke(answer -> {
                    outbox.wake("api");
                    outbox.wake("hospital:");
                });
    }

    private Uni<FhirAnswer> refused(UUID id, FhirRefusedException refused) {
        FhirAnswer answer = refused.answer();
        return database.write(tx -> log.settled(tx, id, outcome(answer, Done.of(answer), refused.getMessage())))
                .replaceWith(answer);
    }

    /** Whoever sent it hears of an error, and sends it again; that the log knows is worth a try. */
    private Uni<Void> failed(UUID id) {
        return database.write(tx -> log.settled(tx, id, new Outcome(FAILED, "internal error", null, null, null)))
                .onFailure()
                .invoke(again -> LOG.error("a failed FHIR request could not be settled", again))
                .onFailure()
                .recoverWithNull();
    }

    private static Outcome outcome(FhirAnswer answer, Done done, String error) {
        return new Outcome(answer.status(), error, answer.body(), done.identity(), done.person());
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
