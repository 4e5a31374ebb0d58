package cn.kangka.kit.problem;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.UnauthorizedException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.ext.Provider;

/**
 * 401 for a call without a token. Stands before the extension's own mapper, which asks Quarkus for a field that 3.32 no
 * longer has and so turned every 401 into a 500.
 */
@Provider
@Priority(AuthenticationFailedMapper.BEFORE_THE_EXTENSION)
public final class UnauthorizedMapper extends ExceptionMapperBase<UnauthorizedException> {
    @Override
    protected HttpProblem toProblem(UnauthorizedException missing) {
        return AuthenticationFailedMapper.unauthorized();
    }
}
