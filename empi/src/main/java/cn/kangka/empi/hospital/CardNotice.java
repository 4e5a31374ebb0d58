package cn.kangka.empi.hospital;

import java.time.OffsetDateTime;

/**
 * What institutions are told of a card: a ZCD segment (docs/hl7.md).
 *
 * @param kind REGIONAL or HOSPITAL
 * @param source whose card it is; null for the regional one
 * @param status such as LOST
 */
public record CardNotice(String kind, String source, String number, String status, OffsetDateTime since) {
    @Override
    public String toString() {
        return "CardNotice " + kind + " " + status;
    }
}
