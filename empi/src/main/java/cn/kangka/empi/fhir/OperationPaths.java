package cn.kangka.empi.fhir;

import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** {@code /Patient/%24match} is {@code /Patient/$match}: some clients write the dollar so. */
@ApplicationScoped
class OperationPaths {
    private static final String ESCAPED = "/%24";
    private static final int BEFORE_ROUTING = 500;

    void register(@Observes Filters filters) {
        filters.register(
                context -> {
                    String uri = context.request().uri();
                    if (uri.startsWith("/fhir/") && uri.contains(ESCAPED)) {
                        context.reroute(uri.replace(ESCAPED, "/$"));
                    } else {
                        context.next();
                    }
                },
                BEFORE_ROUTING);
    }
}
