package cn.kangka.bff.home;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** The caller's cards as api lists them. */
record Cards(List<JsonNode> items) {
    private static final Set<String> GONE = Set.of("CANCELLED", "REPLACED");

    /** The regional card that counts: the first that is neither cancelled nor replaced; null without one. */
    JsonNode regional() {
        return items == null
                ? null
                : items.stream()
                        .filter(card -> "REGIONAL".equals(card.path("kind").asText()))
                        .filter(card -> !GONE.contains(card.path("status").asText()))
                        .findFirst()
                        .orElse(null);
    }
}
