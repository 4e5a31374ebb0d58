package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hospital.MessageRefusedException;

/** A message's patient cannot be taken. */
public class LinkingRefusedException extends MessageRefusedException {
    private static final long serialVersionUID = 1L;

    public LinkingRefusedException(Hl7Refusal refusal) {
        super(refusal);
    }
}
