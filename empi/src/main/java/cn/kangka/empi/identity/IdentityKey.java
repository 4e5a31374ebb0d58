package cn.kangka.empi.identity;

/** A value by which identities are found; only its keyed hash is stored. */
public record IdentityKey(KeyKind kind, String value) {
    /** The key of a typed id. */
    public static IdentityKey of(Document document) {
        return new IdentityKey(KeyKind.DOCUMENT, document.type() + "|" + document.number());
    }
}
