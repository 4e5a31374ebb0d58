package cn.kangka.kit.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.ext.Provider;

/**
 * 500 for whatever is thrown that is no exception: errors, and throwables such as those of Vert.x without a stack trace.
 * The extension's own mapper knows exceptions only, and the answer would be the framework's page.
 */
@Provider
public final class ThrowableMapper extends ExceptionMapperBase<Throwable> {
    private static final int INTERNAL_SERVER_ERROR = 500;

    @Override
    protected HttpProblem toProblem(Throwable thrown) {
        return Problems.of(INTERNAL_SERVER_ERROR, "internal");
    }
}
