package cn.kangka.bff.session;

/** api's refusal, whole: it is in the caller's language already and goes on as it is. */
final class RefusedByApi extends RuntimeException {
    private static final int UNAUTHORIZED = 401;

    private final int status;
    private final String problem;
    private final String retryAfter;

    RefusedByApi(int status, String problem, String retryAfter) {
        super("api answered " + status);
        this.status = status;
        this.problem = problem;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    String problem() {
        return problem;
    }

    /** Seconds, or null. */
    String retryAfter() {
        return retryAfter;
    }

    /** Whether the session is over for good, not just out of reach. */
    boolean endsSession() {
        return status == UNAUTHORIZED;
    }
}
