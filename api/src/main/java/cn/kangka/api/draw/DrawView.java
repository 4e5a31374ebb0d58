package cn.kangka.api.draw;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A draw as everybody sees it, with all it takes to compute its order anew once it is drawn.
 *
 * @param id the session's
 * @param units that are there to give; from the draw on, that there were
 * @param entries in the closed list; while it is open, counted every minute
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DrawView(
        UUID id,
        DrawStatus status,
        @Schema(examples = "H001") String hospital,
        String hospitalName,
        UUID department,
        String departmentName,
        UUID doctor,
        String doctorName,
        String doctorTitle,
        LocalDate date,
        @Schema(examples = "AM") String half,
        OffsetDateTime opensAt,
        OffsetDateTime closesAt,

        @Schema(description = "when the seed is shown; later by as much as the list was closed late")
        OffsetDateTime drawsAt,

        int units,
        int entries,

        @Schema(description = "SHA-256 of the seed, published before anybody could enter")
        String commitment,

        @Schema(description = "SHA-256 of the closed list, published before the seed")
        String digest,

        @Schema(description = "64 hex digits, from the draw on")
        String seed,

        OffsetDateTime drawnAt,
        String algorithm) {

    /** How anybody computes the order; a change of it is another number. */
    static final String ALGORITHM = "kangka-draw-1: all hashes are SHA-256 of ASCII text, in lower-case hex."
            + " commitment = hash(seed). digest = hash(the ids of all entries, sorted, each followed by a line feed)."
            + " key of an entry = hash(seed + ':' + digest + ':' + id). The rank of an entry is the place of its key, sorted."
            + " Units go to the entries in the order of their ranks; who may not book by then is PASSED.";

    /**
     * One line of the list.
     *
     * @param id of an entry: random, known only to whom it belongs to
     * @param rank from the draw on
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(UUID id, Integer rank, DrawEntryStatus outcome) {}
}
