package cn.kangka.empi.hospital;

import cn.kangka.kit.outbox.OutboxEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Whoever waits for a hospital's decision on the letters of one topic. */
public interface LetterListener {
    /** The letters' topic. */
    String topic();

    /** Called in the transaction that logs the answer; may be called again for the same letter. */
    Uni<Void> answered(SqlConnection tx, OutboxEvent letter, HospitalAnswer answer);
}
