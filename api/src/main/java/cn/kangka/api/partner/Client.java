package cn.kangka.api.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * A machine that is registered here.
 *
 * @param role partner, terminal, hospital or service
 * @param name shown to citizens in their access log; null for none
 * @param channel of a partner: bank, telecom, or web (a portal)
 * @param source of a terminal or hospital system, such as {@code H001}
 * @param sources further institutions that a shared connection speaks for, such as the centres'; usually none
 * @param jwk its public key (RFC 7517)
 */
record Client(
        String clientId,
        String role,
        String name,
        String channel,
        String source,
        List<String> sources,
        List<String> scopes,
        JsonNode jwk) {
    private static final Set<String> ROLES = Set.of("partner", "terminal", "hospital", "service");
    /** Whose quotas partners may have; the app's and the call centre's are nobody else's. */
    private static final Set<String> CHANNELS = Set.of("bank", "telecom", "web");

    private static final Set<String> OF_INSTITUTIONS = Set.of("terminal", "hospital");

    Client {
        sources = sources == null ? List.of() : List.copyOf(sources);
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
    }

    /** What is wrong with it; null when it may be registered. */
    String fault() {
        if (clientId == null || clientId.isBlank()) {
            return "no clientId";
        }
        if (!ROLES.contains(String.valueOf(role))) {
            return "unknown role";
        }
        if (role.equals("partner") == (channel == null)) {
            return "a channel is for partners, and they need one";
        }
        if (channel != null && !CHANNELS.contains(channel)) {
            return "no channel of partners";
        }
        if (OF_INSTITUTIONS.contains(role) == (source == null)) {
            return "a source is for terminals and hospitals, and they need one";
        }
        return jwk == null || jwk.hasNonNull("d") ? "needs a public key" : null;
    }
}
