package cn.kangka.empi.fhir;

import java.util.Set;

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

    boolean speaksFor(String source) {
        return sources.isEmpty() || sources.contains(source);
    }
}
