package cn.kangka.bff.backend;

import java.util.Locale;
import java.util.Set;

/**
 * Which headers cross this service. Requests: a short allow-list, so that no client speaks in a proxy's name. Answers:
 * everything but what belongs to one hop (RFC 9110, 7.6.1) or to this origin alone.
 */
final class PassedHeaders {
    private static final Set<String> REQUEST = Set.of(
            "accept",
            "accept-language",
            "authorization",
            "content-type",
            "idempotency-key",
            "if-match",
            "if-none-match",
            "last-event-id",
            "user-agent");

    private static final Set<String> NOT_OF_ANSWER = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "server",
            "set-cookie",
            "content-security-policy",
            "access-control-allow-origin",
            "access-control-allow-credentials");

    private PassedHeaders() {}

    static boolean ofRequest(String name) {
        return REQUEST.contains(name.toLowerCase(Locale.ROOT));
    }

    static boolean ofAnswer(String name) {
        return !NOT_OF_ANSWER.contains(name.toLowerCase(Locale.ROOT));
    }
}
