package cn.kangka.empi.fhir;

import jakarta.json.JsonString;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who posts FHIR.
 *
 * @param client of the token
 * @param sources ids of the institutions it may speak for; empty means all of them (our own services)
 */
public record FhirSender(String client, Set<String> sources) {
    public FhirSender {
        sources = Set.copyOf(sources);
    }

    /** Whoever has the token: a hospital speaks for its claims {@code source} and {@code sources}, a service for all. */
    static FhirSender of(JsonWebToken token) {
        return new FhirSender(token.getSubject(), token.getGroups().contains("service") ? Set.of() : claimed(token));
    }

    private static Set<String> claimed(JsonWebToken token) {
        Set<String> sources = new HashSet<>();
        Optional.ofNullable(token.<Object>getClaim("source"))
                .map(FhirSender::text)
                .ifPresent(sources::add);
        if (token.getClaim("sources") instanceof Iterable<?> several) {
            several.forEach(each -> sources.add(text(each)));
        }
        // A hospital's token without a source speaks for nobody, not for all.
        return sources.isEmpty() ? Set.of("-") : sources;
    }

    private static String text(Object claim) {
        return claim instanceof JsonString string ? string.getString() : claim.toString();
    }

    boolean speaksFor(String source) {
        return sources.isEmpty() || sources.contains(source);
    }
}
