package cn.kangka.empi.hospital;

import java.util.List;

/**
 * An institution that sends us patients, and is told of them.
 *
 * @param id H001…, C001…; the same in the directory and in tokens
 * @param facility MSH-4.1 of its messages, and {@code application} MSH-3.1; together they name the sender
 * @param authority the domain of its own patient ids
 * @param mllpHost where it listens; null when it cannot be told anything
 * @param mllpPort 1–65535; 0 when it does not listen
 * @param mllpTls whether it listens with TLS: its certificate must name {@code mllpHost}, and ours is shown to it
 * @param charset of its messages without MSH-18, and of ours to it: UTF-8, GB18030, GBK or 8859/1
 * @param dicomWeb base URL of its PACS; null when it has none
 * @param subscribes whether it is told of persons' changes (A28, A31, A40)
 * @param mayCite names of authorities of others whose ids it may cite
 * @param receivePort a port of ours that only this source uses, 1–65535, beside the common one, which then takes nothing of
 *     it; 0 when it has none. Speaks TLS when {@code certificate} is given
 * @param certificate the common name or a DNS name of the client certificate by which it identifies itself over TLS; nothing
 *     is taken of it without. Several sources may share one. null when it needs none
 * @param acceptsAnyAuthority whether PID-3 may name domains that nobody configured; their ids are kept as local ids
 * @param fhirEndpoint base URL below which it may have FHIR messages sent (Subscription); null when it may not
 */
public record Source(
        String id,
        String name,
        SourceKind kind,
        String facility,
        String application,
        Authority authority,
        String mllpHost,
        int mllpPort,
        boolean mllpTls,
        String charset,
        BookingMode bookingMode,
        String dicomWeb,
        boolean subscribes,
        List<String> mayCite,
        int receivePort,
        String certificate,
        boolean acceptsAnyAuthority,
        String fhirEndpoint) {
    public Source {
        kind = kind == null ? SourceKind.HOSPITAL : kind;
        charset = charset == null ? "UTF-8" : charset;
        bookingMode = bookingMode == null ? BookingMode.KANGKA_FILLS : bookingMode;
        mayCite = mayCite == null ? List.of() : List.copyOf(mayCite);
    }
}
