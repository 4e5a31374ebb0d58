package cn.kangka.empi.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Where a subscriber has FHIR messages sent; keeps them, and answers as a test says. */
public final class FhirEndpoint {
    private final List<Posted> posted = new CopyOnWriteArrayList<>();
    private volatile Function<Posted, Integer> answer = message -> 200;
    private HttpServer server;

    /** A message that came. */
    public record Posted(String path, String type, String authorization, String body) {}

    synchronized int start() throws IOException {
        if (server != null) {
            return port();
        }
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", exchange -> {
            Posted message = new Posted(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Authorization"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = answer.apply(message);
            posted.add(message);
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        return server.getAddress().getPort();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** How it answers from now on. */
    public void answer(Function<Posted, Integer> status) {
        answer = status;
    }

    /** Messages that have a text in them, in order. */
    public List<Posted> about(String text) {
        return posted.stream().filter(message -> message.body().contains(text)).toList();
    }
}
