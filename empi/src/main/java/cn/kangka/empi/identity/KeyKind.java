package cn.kangka.empi.identity;

/** What identities can be found by. The numbers are stored. */
public enum KeyKind {
    /** {@code <DocumentType>|<number>}. */
    DOCUMENT(1),
    /** A phone number. */
    PHONE(2),
    /** {@link Names#key} of the whole name. */
    NAME(3),
    /** {@link Names#key} of the family name. */
    FAMILY(4),
    /** {@link Names#key} of the given name. */
    GIVEN(5),
    /** The birth date as far as it is known. */
    BIRTH(6),
    /** {@link Sex}. */
    SEX(7),
    /** The local id, whatever the source. */
    LOCAL_ID(8);

    private final short number;

    KeyKind(int number) {
        this.number = (short) number;
    }

    short number() {
        return number;
    }
}
