package cn.kangka.empi.person;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

/**
 * What was done to persons, with what it takes to undo it.
 *
 * @param person survivor of a merge, remainder of a split, new home of a move; of an UNDO, as of what it undid
 * @param other retired by a merge, made by a split, old home of a move
 * @param moved the links as they were before, all of one person
 * @param wasSuspect whether {@code person} waited for a review before
 * @param apart pairs of identities that a human had kept apart until then
 * @param undoes the entry that an UNDO took back; null for others
 * @param undone whether an UNDO took this one back
 * @param at when; null before it is written
 */
record HistoryEntry(
        UUID id,
        Kind kind,
        UUID person,
        UUID other,
        LinkDecision decision,
        List<LinkRow> moved,
        boolean wasSuspect,
        List<List<UUID>> apart,
        UUID undoes,
        boolean undone,
        OffsetDateTime at) {
    /** What can happen. */
    enum Kind {
        MERGE,
        SPLIT,
        MOVE,
        UNDO
    }

    HistoryEntry {
        moved = List.copyOf(moved);
        apart = List.copyOf(apart);
    }

    /** Whose links those that moved were. */
    UUID formerHome() {
        return kind == Kind.SPLIT ? person : other;
    }
}
