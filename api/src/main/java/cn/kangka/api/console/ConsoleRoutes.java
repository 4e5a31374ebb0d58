package cn.kangka.api.console;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Deep links: the console's own addresses are all the one page, which then shows what the address names. */
@ApplicationScoped
class ConsoleRoutes {
    /** First segments of the console's addresses: the ids of its screens. */
    static final List<String> SCREENS = List.of(
            "login",
            "callers",
            "call",
            "reviews",
            "messages",
            "traffic",
            "reconciliations",
            "stops",
            "appeals",
            "policies",
            "ledger",
            "schedules",
            "desk",
            "referrals",
            "templates");

    private static final String HOME = "/console/";
    private static final String PAGE = HOME + "index.html";
    /** The screen in a waiting room: a page of its own, which knows nothing of logins. */
    private static final String BOARD = HOME + "board.html";

    void register(@Observes Router router) {
        router.route(HttpMethod.GET, "/console").handler(ConsoleRoutes::home);
        for (String screen : SCREENS) {
            router.route(HttpMethod.GET, HOME + screen).handler(ConsoleRoutes::page);
            router.route(HttpMethod.GET, HOME + screen + "/*").handler(ConsoleRoutes::page);
        }
        router.route(HttpMethod.GET, HOME + "board/*").handler(routing -> routing.reroute(BOARD));
    }

    /** A Vert.x route without a slash at its end is also asked for the address with one. */
    private static void home(RoutingContext routing) {
        if (routing.request().path().equals(HOME)) {
            page(routing);
        } else {
            routing.redirect(HOME);
        }
    }

    private static void page(RoutingContext routing) {
        routing.reroute(PAGE);
    }
}
