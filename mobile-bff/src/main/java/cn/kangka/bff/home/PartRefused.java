package cn.kangka.bff.home;

import jakarta.ws.rs.core.Response;

/** An owner's refusal (4xx): an answer, not a fault, so that it opens no circuit. */
final class PartRefused extends RuntimeException {
    private static final int FIRST_FAULT = 500;

    private final int status;

    private PartRefused(int status) {
        super("refused with " + status);
        this.status = status;
    }

    int status() {
        return status;
    }

    /** A refusal; null for faults, which the client reports as it does by default. */
    static RuntimeException of(Response response) {
        return response.getStatus() < FIRST_FAULT ? new PartRefused(response.getStatus()) : null;
    }
}
