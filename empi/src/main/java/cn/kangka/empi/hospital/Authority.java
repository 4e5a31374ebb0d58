package cn.kangka.empi.hospital;

/**
 * A domain of patient ids (CX.4, Identifier.system), assigned by one source.
 *
 * @param name namespace id, CX.4.1
 * @param oid universal id, CX.4.2; null when it has none
 * @param uri by which FHIR knows it, besides {@code urn:oid:…}; null when it has none of its own
 * @param citableByAll whether every source may cite ids of it, as of a national id
 * @param linksByItself whether a cited id alone makes two identities one person
 */
public record Authority(String name, String oid, String uri, boolean citableByAll, boolean linksByItself) {
    private static final String OID = "urn:oid:";
    private static final String NAME = "urn:kangka:domain:";

    /** Identifier.system of its ids: its own URI before its OID before its name. */
    public String system() {
        if (uri != null) {
            return uri;
        }
        return oid == null ? systemOf(name) : OID + oid;
    }

    /** Identifier.system of a domain of which only the name is known. */
    public static String systemOf(String name) {
        return NAME + name;
    }

    /** Whether an Identifier.system means it. */
    boolean isSystem(String system) {
        return system.equals(uri) || system.equals(systemOf(name)) || oid != null && system.equals(OID + oid);
    }
}
