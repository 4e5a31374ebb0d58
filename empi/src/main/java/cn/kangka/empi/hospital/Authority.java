package cn.kangka.empi.hospital;

/**
 * A domain of patient ids (CX.4), assigned by one source.
 *
 * @param name namespace id, CX.4.1
 * @param oid universal id, CX.4.2; null when it has none
 * @param citableByAll whether every source may cite ids of it, as of a national id
 * @param linksByItself whether a cited id alone makes two identities one person
 */
public record Authority(String name, String oid, boolean citableByAll, boolean linksByItself) {}
