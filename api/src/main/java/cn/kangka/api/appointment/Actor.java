package cn.kangka.api.appointment;

import cn.kangka.api.directory.Channel;
import java.util.UUID;

/**
 * Who books or cancels.
 *
 * @param kind CITIZEN, AGENT, SUPERVISOR or PARTNER
 * @param id account, username or client id
 * @param channel whose quota a unit is taken from
 * @param account the citizen's; null for the others
 * @param person the citizen's; null for the others
 */
public record Actor(String kind, String id, Channel channel, UUID account, UUID person) {
    public boolean citizen() {
        return person != null;
    }

    boolean partner() {
        return kind.equals("PARTNER");
    }

    /** Kind and id as one text: the scope of idempotency keys and holds. */
    public String key() {
        return kind + ":" + id;
    }
}
