package cn.kangka.empi.hl7;

/** MSA-1 (HL7 table 0008): A* of the original mode and of the application, C* of the enhanced mode's accept level. */
public enum AckCode {
    AA,
    AE,
    AR,
    CA,
    CE,
    CR;

    /** The same verdict as an accept acknowledgement of the enhanced mode. */
    public AckCode accept() {
        return switch (this) {
            case AA, CA -> CA;
            case AE, CE -> CE;
            case AR, CR -> CR;
        };
    }
}
