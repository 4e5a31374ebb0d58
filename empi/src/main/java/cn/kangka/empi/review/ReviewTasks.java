package cn.kangka.empi.review;

import cn.kangka.empi.person.PersonListener;
import cn.kangka.empi.person.PersonSnapshot;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Front door of tasks for whoever links; a task whose pair becomes one person's by other facts is settled. */
@ApplicationScoped
public class ReviewTasks implements PersonListener {
    private final ReviewStore store;

    public ReviewTasks(ReviewStore store) {
        this.store = store;
    }

    /** The pairs in which a new identity is doubtful. */
    public Uni<Void> open(SqlConnection tx, List<Doubt> doubts, String model) {
        return store.open(tx, doubts, model);
    }

    /** The pairs in which an identity is doubtful now; its other tasks are settled. */
    public Uni<Void> replace(SqlConnection tx, UUID identity, List<Doubt> doubts, String model) {
        return store.settle(tx, identity, doubts).chain(() -> store.open(tx, doubts, model));
    }

    /** A pair that a human is or was asked about. */
    public record Asked(UUID one, UUID other, boolean waits) {
        /** Whether it is this pair. */
        public boolean isAbout(UUID left, UUID right) {
            return one.equals(left) && other.equals(right) || one.equals(right) && other.equals(left);
        }
    }

    /** The pairs with an identity that a human is asked about, or has decided. */
    public Uni<List<Asked>> asked(SqlClient client, UUID identity) {
        return store.of(client, identity).map(tasks -> tasks.stream()
                .filter(task -> task.state() != ReviewTask.State.SETTLED)
                .map(task -> new Asked(task.one(), task.other(), task.state().waits()))
                .toList());
    }

    @Override
    public Uni<Void> personsMerged(SqlConnection tx, PersonSnapshot survivor, PersonSnapshot retired) {
        return store.settleJoined(tx, survivor.id());
    }
}
