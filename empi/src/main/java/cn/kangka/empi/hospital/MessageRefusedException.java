package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Refusal;
import java.util.List;

/** A handler cannot take a message; the same as answering {@link HandlerOutcome.Refused}. */
public class MessageRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Hl7Refusal> refusals;

    public MessageRefusedException(Hl7Refusal refusal) {
        super(refusal.text());
        this.refusals = List.of(refusal);
    }

    public List<Hl7Refusal> refusals() {
        return refusals;
    }
}
