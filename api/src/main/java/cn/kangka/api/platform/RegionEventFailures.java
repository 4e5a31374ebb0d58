package cn.kangka.api.platform;

import cn.kangka.api.platform.RegionEventBatch.Outcome;
import cn.kangka.api.platform.RegionEventBatch.Result;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.pgclient.PgException;
import java.time.DateTimeException;

/** Tells a failure that time can heal from one that it cannot. Reasons name no person: class and SQL state only. */
final class RegionEventFailures {
    private static final String DATA = "22";
    private static final String CONSTRAINT = "23";
    private static final String UNIQUE = "23505";

    private RegionEventFailures() {}

    static Result judge(RegionEvent event, Throwable failure) {
        if (failure instanceof NotYet) {
            return new Result(event.id(), Outcome.RETRY, failure.getMessage());
        }
        return new Result(event.id(), unhealable(failure) ? Outcome.PARK : Outcome.RETRY, reason(failure));
    }

    private static boolean unhealable(Throwable failure) {
        if (failure instanceof PgException database) {
            String state = database.getSqlState();
            return state != null && !state.equals(UNIQUE) && (state.startsWith(DATA) || state.startsWith(CONSTRAINT));
        }
        return failure instanceof IllegalArgumentException
                || failure instanceof NullPointerException
                || failure instanceof DateTimeException
                || failure instanceof JsonProcessingException;
    }

    private static String reason(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        if (failure instanceof PgException database) {
            return type + " " + database.getSqlState();
        }
        StackTraceElement[] stack = failure.getStackTrace();
        return stack.length == 0 ? type : type + " at " + stack[0].getClassName() + ":" + stack[0].getLineNumber();
    }
}
