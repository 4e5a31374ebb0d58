package cn.kangka.kit.database;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.ws.rs.ext.Provider;

/** 503 when PostgreSQL was lost in the middle of something: whoever asks again, with the same key, gets one answer. */
@Provider
public final class LostConnectionMapper extends ExceptionMapperBase<ClosedConnectionException> {
    @Override
    protected HttpProblem toProblem(ClosedConnectionException lost) {
        return DatabaseRefusalMapper.unavailable();
    }
}
