package cn.kangka.sandbox.population;

/** The documents that the region knows a person by. */
public enum IdType {
    RESIDENT_ID,
    PASSPORT,
    HK_MACAO_PERMIT,
    TAIWAN_PERMIT,
    BIRTH_CERTIFICATE
}
