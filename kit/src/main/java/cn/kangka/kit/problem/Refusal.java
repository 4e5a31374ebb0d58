package cn.kangka.kit.problem;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** A problem that is an answer, not an incident: nobody looks at its stack, which costs more than the answer. */
final class Refusal extends HttpProblem {
    private static final long serialVersionUID = 1L;

    Refusal(HttpProblem.Builder problem) {
        super(problem);
    }

    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
