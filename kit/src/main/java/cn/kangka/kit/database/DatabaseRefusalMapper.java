package cn.kangka.kit.database;

import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.pgclient.PgException;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;

/**
 * What PostgreSQL refuses for a reason that the client should know: text that no database takes (a NUL), a time beyond all
 * ranges, a row that somebody else keeps locked for too long, or that it is going down or coming up. Everything else is our fault: 500.
 */
@Provider
public final class DatabaseRefusalMapper extends ExceptionMapperBase<PgException> {
    private static final int BAD_REQUEST = 400;
    private static final int UNAVAILABLE = 503;
    private static final int INTERNAL_SERVER_ERROR = 500;
    private static final int AGAIN_SECONDS = 5;
    /** untranslatable_character, character_not_in_repertoire, datetime_field_overflow. */
    private static final Set<String> IMPOSSIBLE = Set.of("22P05", "22021", "22008");

    /** lock_not_available, admin_shutdown, crash_shutdown, cannot_connect_now, too_many_connections. */
    private static final Set<String> NOT_NOW = Set.of("55P03", "57P01", "57P02", "57P03", "53300");

    static HttpProblem unavailable() {
        return Problems.builder(UNAVAILABLE, "unavailable")
                .withHeader("Retry-After", AGAIN_SECONDS)
                .build();
    }

    @Override
    protected HttpProblem toProblem(PgException refused) {
        String state = refused.getSqlState();
        if (IMPOSSIBLE.contains(state)) {
            return Problems.of(BAD_REQUEST, "bad-request");
        }
        return NOT_NOW.contains(state) ? unavailable() : Problems.of(INTERNAL_SERVER_ERROR, "internal");
    }
}
