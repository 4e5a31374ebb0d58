package cn.kangka.kit.database;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * What PostgreSQL refuses for a reason that the client should know: text that no database takes (a NUL), a time beyond all
 * ranges, or a row that somebody else keeps locked for too long. Everything else is our fault: 500.
 */
@Provider
public final class DatabaseRefusalMapper extends ExceptionMapperBase<PgException> {
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL_SERVER_ERROR = 500;
    private static final int AGAIN_SECONDS = 5;
    /** untranslatable_character, character_not_in_repertoire, datetime_field_overflow. */
    private static final Set<String> IMPOSSIBLE = Set.of("22P05", "22021", "22008");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    @Override
    protected HttpProblem toProblem(PgException refused) {
        String state = refused.getSqlState();
        if (IMPOSSIBLE.contains(state)) {
            return Problems.of(BAD_REQUEST, "bad-request");
        }
        return LOCK_NOT_AVAILABLE.equals(state)
                ? Problems.builder(UNAVAILABLE, "unavailable")
                        .withHeader("Retry-After", AGAIN_SECONDS)
                        .build()
                : Problems.of(INTERNAL_SERVER_ERROR, "internal");
    }
}
