package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Refusal;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;

/** Runs the handlers of a message, one after the other, and undoes their work when one refuses. */
@ApplicationScoped
class MessageHandling {
    private static final List<String> OWN_CODES = List.of("ADT", "QBP");

    private final List<MessageHandler> handlers;
    private final List<PatientFinder> finders;

    MessageHandling(@All List<MessageHandler> handlers, @All List<PatientFinder> finders) {
        this.handlers = handlers.stream()
                .sorted(Comparator.comparingInt(MessageHandler::order))
                .toList();
        this.finders = finders;
    }

    /** What became of it, and whom it was about. */
    record Handled(HandlerOutcome outcome, HandlerOutcome.Accepted whose) {}

    Uni<Handled> handle(SqlConnection tx, Received message) {
        List<MessageHandler> able = handlers.stream()
                .filter(each ->
                        each.handles(message.message().code(), message.message().trigger()))
                .toList();
        if (able.isEmpty()) {
            return whose(tx, message).map(whose -> new Handled(unhandled(message), whose));
        }
        return tx.query("savepoint handling")
                .execute()
                .chain(() -> run(tx, able, message))
                .onFailure(MessageRefusedException.class)
                .recoverWithItem(failure -> new HandlerOutcome.Refused(failure.refusals()))
                .call(outcome -> outcome instanceof HandlerOutcome.Refused
                        ? tx.query("rollback to savepoint handling").execute()
                        : Uni.createFrom().voidItem())
                .chain(outcome -> outcome instanceof HandlerOutcome.Refused
                        ? whose(tx, message).map(whose -> new Handled(outcome, whose))
                        : Uni.createFrom().item(new Handled(outcome, null)));
    }

    private static Uni<HandlerOutcome> run(SqlConnection tx, List<MessageHandler> able, Received message) {
        Uni<HandlerOutcome> all = Uni.createFrom().item(new HandlerOutcome.Accepted(null, null));
        for (MessageHandler handler : able) {
            all = all.chain(before -> before instanceof HandlerOutcome.Refused
                    ? Uni.createFrom().item(before)
                    : handler.handle(tx, message).map(now -> together(before, now)));
        }
        return all;
    }

    /** The outcome of two handlers: a refusal or an answer stands, and whoever was found stays found. */
    private static HandlerOutcome together(HandlerOutcome before, HandlerOutcome now) {
        if (now instanceof HandlerOutcome.Accepted later && before instanceof HandlerOutcome.Accepted earlier) {
            return later.identity() == null && later.person() == null ? earlier : later;
        }
        return now instanceof HandlerOutcome.Accepted ? before : now;
    }

    private Uni<HandlerOutcome.Accepted> whose(SqlConnection tx, Received message) {
        return finders.isEmpty()
                ? Uni.createFrom().item(new HandlerOutcome.Accepted(null, null))
                : finders.get(0).whose(tx, message);
    }

    private static HandlerOutcome unhandled(Received message) {
        boolean knownCode = OWN_CODES.contains(message.message().code());
        return HandlerOutcome.refused(Hl7Refusal.reject(
                knownCode ? Hl7Refusal.UNSUPPORTED_EVENT : Hl7Refusal.UNSUPPORTED_TYPE,
                knownCode ? "MSH^1^9^1^2" : "MSH^1^9^1^1",
                "this kind of message is stored but not handled here"));
    }
}
