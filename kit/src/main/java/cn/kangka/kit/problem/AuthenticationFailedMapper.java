package cn.kangka.kit.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.AuthenticationFailedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;

/** 401 for a token that is not valid here; see {@link UnauthorizedMapper}. */
@Provider
@Priority(AuthenticationFailedMapper.BEFORE_THE_EXTENSION)
public final class AuthenticationFailedMapper extends ExceptionMapperBase<AuthenticationFailedException> {
    static final int BEFORE_THE_EXTENSION = 4000;
    private static final int UNAUTHORIZED = 401;

    @Override
    protected HttpProblem toProblem(AuthenticationFailedException refused) {
        return unauthorized();
    }

    static HttpProblem unauthorized() {
        return Problems.builder(UNAUTHORIZED, "unauthorized")
                .withHeader("WWW-Authenticate", "Bearer")
                .build();
    }
}
