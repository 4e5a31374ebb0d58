package cn.kangka.kit.idempotency;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** The work was refused, as opposed to the key: rolls the work back and is kept as the key's answer. */
final class WorkRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpProblem refusal;

    WorkRefused(HttpProblem refusal) {
        super(refusal.getMessage(), null, false, false);
        this.refusal = refusal;
    }

    HttpProblem refusal() {
        return refusal;
    }
}
