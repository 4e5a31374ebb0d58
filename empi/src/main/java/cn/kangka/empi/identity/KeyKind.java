package cn.kangka.empi.identity;

/** What identities can be found by. The names are part of what is hashed. */
public enum KeyKind {
    /** {@code <DocumentType>|<number>}. */
    DOCUMENT,
    /** A phone number. */
    PHONE,
    /** {@link Names#key} of the whole name. */
    NAME,
    /** {@link Names#key} of the family name. */
    FAMILY,
    /** {@link Names#key} of the given name. */
    GIVEN,
    /** The birth date as far as it is known. */
    BIRTH,
    /** {@link Sex}. */
    SEX,
    /** The local id, whatever the source. */
    LOCAL_ID,
    /** A blocking key of a linkage model: {@code <pass>|<text>}. */
    BLOCK,
    /** A value that a linkage model weighs only while few share it: {@code <field>|<text>}. */
    VALUE
}
