package cn.kangka.bff.webapp;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/** Deep links: the app's own addresses are all the one page, which then shows what the address names. */
@ApplicationScoped
class AppRoutes {
    /** First segments of the app's addresses; {@code routes.js} has the same list. */
    static final List<String> SCREENS = List.of(
            "login",
            "identity",
            "book",
            "appointments",
            "card",
            "reports",
            "imaging",
            "alerts",
            "articles",
            "waiting",
            "draws",
            "check-in",
            "referrals",
            "family",
            "inbox",
            "me");

    private static final String PAGE = "/index.html";

    void register(@Observes Router router) {
        for (String screen : SCREENS) {
            router.route(HttpMethod.GET, "/" + screen).handler(AppRoutes::page);
            router.route(HttpMethod.GET, "/" + screen + "/*").handler(AppRoutes::page);
        }
    }

    private static void page(RoutingContext routing) {
        routing.reroute(PAGE);
    }
}
