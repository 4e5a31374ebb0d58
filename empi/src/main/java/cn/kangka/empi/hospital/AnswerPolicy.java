package cn.kangka.empi.hospital;

/** What an answer means for a message: taken, to be sent again, or a person's turn. */
final class AnswerPolicy {
    enum Verdict {
        TAKEN,
        /** The receiver decided against it, and that is an answer. */
        DECLINED,
        AGAIN,
        PARK
    }

    private AnswerPolicy() {}

    /**
     * @param question whether the letter asks for a decision, so that a refusal is one
     * @param errors how often it was answered by AE before
     * @param errorTries after how many AE it is parked
     */
    static Verdict verdict(HospitalAnswer answer, boolean question, int errors, int errorTries) {
        return switch (answer.code()) {
            case AA, CA -> Verdict.TAKEN;
            case CE -> Verdict.AGAIN;
            case AE -> question ? Verdict.DECLINED : errors + 1 < errorTries ? Verdict.AGAIN : Verdict.PARK;
            case AR, CR -> question ? Verdict.DECLINED : Verdict.PARK;
        };
    }
}
