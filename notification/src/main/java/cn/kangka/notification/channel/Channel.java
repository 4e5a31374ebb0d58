package cn.kangka.notification.channel;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** One provider. A further one (Huawei, Xiaomi, OPPO, vivo, Honor, APNs, Web Push) is one more bean of this type. */
public interface Channel {
    /** Name in delivery rows and metrics, such as {@code SMS}. */
    String name();

    /** The kind of endpoint that it serves, such as {@code fcm}; null when it needs none. */
    default String endpointKind() {
        return null;
    }

    /** What may pass now. */
    Gate gate();

    /** The most messages in one {@link #send}. */
    int batch();

    /**
     * Sends the messages, each at most once.
     *
     * @return one outcome per message, in order; a failure counts as a retry of all
     */
    Uni<List<Outcome>> send(NoticeClass lane, List<Message> messages);
}
