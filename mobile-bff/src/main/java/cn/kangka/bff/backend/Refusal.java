package cn.kangka.bff.backend;

import cn.kangka.kit.problem.ProblemTexts;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Writes a problem on a plain route as the one error path does on resources: same texts, same shape. */
@ApplicationScoped
class Refusal {
    private final ProblemTexts texts;
    private final CurrentVertxRequest current;

    Refusal(ProblemTexts texts, CurrentVertxRequest current) {
        this.texts = texts;
        this.current = current;
    }

    void write(RoutingContext routing, HttpProblem problem) {
        HttpProblem told = inCallersLanguage(routing, problem);
        JsonObject body = new JsonObject()
                .put("type", told.getType().toString())
                .put("status", told.getStatusCode())
                .put("title", told.getTitle())
                .put("detail", told.getDetail())
                .put("instance", routing.normalizedPath());
        routing.response()
                .setStatusCode(told.getStatusCode())
                .putHeader("Content-Type", "application/problem+json")
                .end(body.toBuffer());
    }

    private HttpProblem inCallersLanguage(RoutingContext routing, HttpProblem problem) {
        ManagedContext context = Arc.container().requestContext();
        if (context.isActive()) {
            return texts.apply(problem, null);
        }
        context.activate();
        try {
            current.setCurrent(routing);
            return texts.apply(problem, null);
        } finally {
            context.terminate();
        }
    }
}
