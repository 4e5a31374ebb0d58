package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.testing.SecurityTable.Route;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/** Calls a route of the table about things that don't exist. An answer that stays open is left after its status. */
final class RouteCalls {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What a route takes before it looks at the caller's level. */
    private static final Map<String, String> BODIES = Map.ofEntries(
            Map.entry("POST /v1/appointments", "{\"slotId\":\"%s\"}"),
            Map.entry(
                    "POST /v1/me/dependants",
                    "{\"name\":\"a\",\"idType\":\"RESIDENT_ID\",\"idNumber\":\"1\",\"relation\":\"CHILD\"}"),
            Map.entry("POST /v1/me/dependants/{id}/agreement", "{\"code\":\"123456\"}"),
            Map.entry("POST /v1/me/referrals/{id}/consent", "{\"agree\":true}"),
            Map.entry("POST /v1/holds", "{\"slotId\":\"%s\"}"),
            Map.entry("POST /v1/waiting-entries", "{\"slotId\":\"%s\"}"),
            Map.entry("POST /v1/draw-entries", "{\"slotId\":\"%s\"}"),
            Map.entry("POST /v1/appointments/{id}/reschedule", "{\"slotId\":\"%s\"}"),
            Map.entry("POST /v1/appointments/{id}/check-in", "{\"placeCode\":\"000000\"}"),
            Map.entry("POST /v1/queues/{session}/passed", "{\"appointment\":\"%s\"}"),
            Map.entry("POST /v1/queues/{session}/done", "{\"appointment\":\"%s\"}"),
            Map.entry("POST /v1/appeals", "{\"appointment\":\"%s\"}"));

    private RouteCalls() {}

    /** @return the status; {@code token} is null for none */
    static int status(Route route, String token) {
        return status(route.service(), route, token);
    }

    /** The same through another service. */
    static int status(String service, Route route, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Doors.url(port(service)) + path(route)))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .method(route.method(), body(route));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<InputStream> answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException e) {
            throw new AssertionError(route.name(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(route.name(), e);
        }
    }

    private static String path(Route route) {
        return route.path()
                .replace("{kind}", "fcm")
                .replace("{uid}", "1.2.3")
                .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    }

    private static HttpRequest.BodyPublisher body(Route route) {
        if (route.method().equals("GET") || route.method().equals("DELETE")) {
            return HttpRequest.BodyPublishers.noBody();
        }
        return HttpRequest.BodyPublishers.ofString(
                BODIES.getOrDefault(route.name(), "{}").formatted(UUID.randomUUID()));
    }

    static int port(String service) {
        return switch (service) {
            case "api" -> Doors.ports().api();
            case "empi" -> Doors.ports().empi();
            case "notification" -> Doors.ports().notification();
            case "mobile-bff" -> Doors.ports().mobileBff();
            default -> throw new IllegalArgumentException(service);
        };
    }
}
