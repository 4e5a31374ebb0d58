package cn.kangka.kit.audit;

import cn.kangka.kit.id.Ids;
import java.util.UUID;

/**
 * Somebody did something with somebody's data.
 *
 * @param actorKind CITIZEN, AGENT, PARTNER, TERMINAL, SERVICE …
 * @param actor account, staff, client or service id; never a name
 * @param action such as {@code report.read}
 * @param person whose data; null when no person is concerned
 * @param object what, such as a report's id; null for lists
 * @param outcome ALLOWED or DENIED
 * @param reason given by the actor (break-glass, check level); null when none was asked
 */
public record AuditEntry(
        UUID id,
        String actorKind,
        String actor,
        String action,
        UUID person,
        String object,
        String outcome,
        String reason) {

    public static AuditEntry allowed(String actorKind, String actor, String action, UUID person, String object) {
        return new AuditEntry(Ids.next(), actorKind, actor, action, person, object, "ALLOWED", null);
    }

    public static AuditEntry denied(String actorKind, String actor, String action, UUID person, String object) {
        return new AuditEntry(Ids.next(), actorKind, actor, action, person, object, "DENIED", null);
    }

    public AuditEntry because(String why) {
        return new AuditEntry(id, actorKind, actor, action, person, object, outcome, why);
    }
}
