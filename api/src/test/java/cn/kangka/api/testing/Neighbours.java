package cn.kangka.api.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A small empi and a small notification over real HTTP: {@code @QuarkusTestResource(Neighbours.class)}. They record what
 * they are asked; by default notices are accepted with 202 and everything else is 404. Tests say what else is answered:
 * {@code Neighbours.EMPI.answer("POST", "/v1/persons/claim", request -> new Answer(200, "{…}"))}; the newest answer whose
 * path is a prefix wins.
 */
public class Neighbours implements QuarkusTestResourceLifecycleManager {
    /** Few, so that a test reaches it soon; loopback, where other tests come from, is free. */
    public static final int CODES_PER_ADDRESS_HOUR = 3;

    public static final Fake EMPI = new Fake();
    public static final Fake NOTIFICATION = new Fake();

    /** What was asked; {@code authorization} and {@code trace} are headers. */
    public record Asked(String method, String path, String body, String authorization, String trace) {}

    /** What is answered; a body is JSON, and problem+json for refusals. */
    public record Answer(int status, String body) {}

    private record Rule(String method, String prefix, Predicate<Asked> when, Function<Asked, Answer> answer) {
        boolean fits(Asked question) {
            return method.equals(question.method()) && question.path().startsWith(prefix) && when.test(question);
        }
    }

    /** One neighbour. */
    public static final class Fake {
        private final List<Asked> asked = new CopyOnWriteArrayList<>();
        private final List<Rule> rules = new CopyOnWriteArrayList<>();
        private HttpServer server;

        /** Everything asked with this method and path prefix, oldest first. */
        public List<Asked> asked(String method, String prefix) {
            return asked.stream()
                    .filter(each -> each.method().equals(method) && each.path().startsWith(prefix))
                    .toList();
        }

        public void answer(String method, String prefix, Function<Asked, Answer> answer) {
            answer(method, prefix, asked -> true, answer);
        }

        /** Only for questions that fit; others go on to older rules. */
        public void answer(String method, String prefix, Predicate<Asked> when, Function<Asked, Answer> answer) {
            rules.add(0, new Rule(method, prefix, when, answer));
        }

        /** Forgets questions and rules. */
        public void reset() {
            asked.clear();
            rules.clear();
        }

        private int start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "neighbour");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", this::handle);
            server.start();
            return server.getAddress().getPort();
        }

        private void handle(HttpExchange exchange) throws IOException {
            Asked question = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("traceparent"));
            asked.add(question);
            Answer answer = rules.stream()
                    .filter(rule -> rule.fits(question))
                    .findFirst()
                    .map(rule -> rule.answer().apply(question))
                    .orElseGet(() -> usual(question));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .add("Content-Type", answer.status() < 400 ? "application/json" : "application/problem+json");
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        private static Answer usual(Asked question) {
            return switch (question.method() + " " + question.path().replaceAll("/(accounts|notices)/.*", "/$1/")) {
                case "POST /v1/notices" -> new Answer(202, "{\"accepted\":1}");
                case "PUT /v1/accounts/", "DELETE /v1/notices/" -> new Answer(204, "");
                default -> new Answer(404, "{\"type\":\"/problems/not-found\",\"status\":404}");
            };
        }
    }

    /** From now on the fake index takes every order to a hospital. */
    public static void ordersAreTaken() {
        EMPI.answer("POST", "/v1/booking-orders", asked -> {
            List<String> ids = JsonPath.from(asked.body()).getList("events.id");
            String results = ids.stream()
                    .map(id -> "{\"id\":\"" + id + "\",\"outcome\":\"DONE\"}")
                    .collect(Collectors.joining(","));
            return new Answer(200, "{\"results\":[" + results + "]}");
        });
    }

    /** What the fake index was ordered about a booking (BOOK, CANCEL, …), oldest first, each order once. */
    public static List<String> orders(String appointment) {
        Map<String, String> actions = new LinkedHashMap<>();
        EMPI.asked("POST", "/v1/booking-orders").stream()
                .filter(asked -> asked.body().contains(appointment))
                .flatMap(asked -> JsonPath.from(asked.body())
                        .<Map<String, String>>getList("events.findAll { it.data.appointment == '" + appointment
                                + "' }.collect { [id: it.id, action: it.data.action] }")
                        .stream())
                .forEach(order -> actions.putIfAbsent(order.get("id"), order.get("action")));
        return List.copyOf(actions.values());
    }

    @Override
    public Map<String, String> start() {
        return Map.of(
                "kangka.url.empi",
                "http://localhost:" + EMPI.start(),
                "kangka.url.notification",
                "http://localhost:" + NOTIFICATION.start(),
                "kangka.partner.clients-file",
                Clients.file().toString(),
                "kangka.agent.staff-file",
                Clients.staffFile().toString(),
                "kangka.agent.sandbox-login",
                "true",
                "kangka.agent.hash-rounds",
                "1000",
                "kangka.proxy.trusted",
                "127.0.0.1/32",
                "kangka.login.codes-per-address-hour",
                Integer.toString(CODES_PER_ADDRESS_HOUR));
    }

    @Override
    public void stop() {
        EMPI.server.stop(0);
        NOTIFICATION.server.stop(0);
    }
}
