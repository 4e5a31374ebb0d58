package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Refusal;
import java.util.List;
import java.util.UUID;

/** What a handler made of a message. */
public sealed interface HandlerOutcome {
    /** Done: AA. Identity and person are what it was about; null when it was about nobody. */
    record Accepted(UUID identity, UUID person) implements HandlerOutcome {}

    /** Not done: what the handlers wrote is rolled back, the refusals become ERR segments. */
    record Refused(List<Hl7Refusal> refusals) implements HandlerOutcome {
        public Refused {
            refusals = List.copyOf(refusals);
        }
    }

    /** Done, and this whole message (ER7) is the answer instead of an ACK. */
    record Answered(String response, UUID person) implements HandlerOutcome {}

    static HandlerOutcome refused(Hl7Refusal refusal) {
        return new Refused(List.of(refusal));
    }
}
