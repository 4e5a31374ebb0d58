package cn.kangka.empi.hospital;

import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The way by which a message came, as far as it tells who sends: a port of the sender's own, or a certificate.
 *
 * @param speakers ids of the sources that may be meant; null when the line tells nothing, and then MSH-3 and MSH-4 do
 */
record Line(Set<String> speakers) {
    private static final int DNS_NAME = 2;
    private static final Line OPEN = new Line(null);

    Line {
        speakers = speakers == null ? null : Set.copyOf(speakers);
    }

    /** The common port: whoever reaches it may be anybody who needs no certificate and has no port of its own. */
    static Line open() {
        return OPEN;
    }

    /** Only these. */
    static Line of(Collection<Source> speakers) {
        return new Line(new HashSet<>(speakers.stream().map(Source::id).toList()));
    }

    /** What was stored with a message; null when it came from nobody known. */
    static Line stored(String source) {
        return new Line(source == null ? Set.of() : Set.of(source));
    }

    /** Whether a message of this sender may come this way. */
    boolean carries(Source source) {
        return speakers == null
                ? source.certificate() == null && source.receivePort() == 0
                : speakers.contains(source.id());
    }

    /** The only one who can be meant, whatever MSH-3 and MSH-4 say; null when there are several, or none. */
    String onlySpeaker() {
        return speakers != null && speakers.size() == 1 ? speakers.iterator().next() : null;
    }

    /** The common name and the DNS names of the first of a chain of certificates: whom it was issued to. */
    static Set<String> names(List<Certificate> chain) {
        Set<String> names = new HashSet<>();
        if (!chain.isEmpty() && chain.get(0) instanceof X509Certificate certificate) {
            try {
                new LdapName(certificate.getSubjectX500Principal().getName())
                        .getRdns().stream()
                                .filter(part -> part.getType().equalsIgnoreCase("CN"))
                                .forEach(part -> names.add(part.getValue().toString()));
                Collection<List<?>> others = certificate.getSubjectAlternativeNames();
                if (others != null) {
                    others.stream()
                            .filter(other -> other.get(0).equals(DNS_NAME))
                            .forEach(other -> names.add(other.get(1).toString()));
                }
            } catch (InvalidNameException | CertificateParsingException e) {
                return Set.of();
            }
        }
        return names;
    }
}
