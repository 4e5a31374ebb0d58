package cn.kangka.empi.person;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Something that was done to a person. */
@Schema(description = "A merge, split, move or undo")
public record HistoryView(
        UUID event,

        @Schema(enumeration = {"MERGE", "SPLIT", "MOVE", "UNDO"})
        String kind,

        @Schema(description = "Survivor of a merge, remainder of a split, new home of a move")
        UUID person,

        @Schema(description = "Retired by a merge, made by a split, old home of a move")
        UUID other,

        @Schema(description = "Whether a human decided; else a rule")
        boolean manual,

        String rule,
        @Schema(nullable = true) String reason,
        @Schema(nullable = true) String by,

        @Schema(description = "The identities that it was about")
        List<UUID> identities,

        @Schema(nullable = true, description = "The event that an UNDO took back")
        UUID undoes,

        @Schema(description = "Whether it was taken back") boolean undone,
        OffsetDateTime at) {
    static HistoryView of(HistoryEntry entry) {
        return new HistoryView(
                entry.id(),
                entry.kind().name(),
                entry.person(),
                entry.other(),
                entry.decision().manual(),
                entry.decision().rule(),
                entry.decision().reason(),
                entry.decision().actor(),
                PersonSteps.identitiesOf(entry.moved()),
                entry.undoes(),
                entry.undone(),
                entry.at());
    }
}
