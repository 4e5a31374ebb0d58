package cn.kangka.empi.identity;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Kinds of typed ids; the key of an id is type and number. */
public enum DocumentType {
    /** 居民身份证, GB 11643: 18 characters with a check digit. */
    RESIDENT_ID("NNCHN"),
    /** 护照. */
    PASSPORT("PPN"),
    /** 港澳居民来往内地通行证. */
    HK_MACAO_PERMIT("HKM"),
    /** 台湾居民来往大陆通行证. */
    TAIWAN_PERMIT("TWP"),
    /** 港澳居民居住证. */
    HK_MACAO_RESIDENCE_PERMIT("HKR"),
    /** 台湾居民居住证. */
    TAIWAN_RESIDENCE_PERMIT("TWR"),
    /** 外国人永久居留身份证. */
    FOREIGN_RESIDENT_CARD("PRC"),
    /** 出生医学证明. */
    BIRTH_CERTIFICATE("BCT"),
    /** 医保卡. */
    INSURANCE_CARD("HC"),
    /** An id of a domain that everybody may cite (PID-3, contract "Index"); the number is {@code <domain>|<id>}. */
    CITED_ID("NI");

    private static final Map<String, DocumentType> OTHER_CODES = Map.ofEntries(
            Map.entry("SFZ", RESIDENT_ID),
            Map.entry("NNCN", RESIDENT_ID),
            Map.entry("ID", RESIDENT_ID),
            Map.entry("PP", PASSPORT),
            Map.entry("BC", BIRTH_CERTIFICATE),
            Map.entry("BCN", BIRTH_CERTIFICATE),
            Map.entry("MC", INSURANCE_CARD));

    private final String hl7;

    DocumentType(String hl7) {
        this.hl7 = hl7;
    }

    /** CX.5 (HL7 table 0203 where it has one). */
    public String hl7() {
        return hl7;
    }

    /** The type of a CX.5 code or of our own name; empty for others, such as MR or PI, which are local ids. */
    public static Optional<DocumentType> of(String code) {
        String upper = code.strip().toUpperCase(Locale.ROOT);
        for (DocumentType type : values()) {
            if (type != CITED_ID && (type.hl7.equals(upper) || type.name().equals(upper))) {
                return Optional.of(type);
            }
        }
        return Optional.ofNullable(OTHER_CODES.get(upper));
    }
}
