package cn.kangka.api.callcentre;

import java.time.OffsetDateTime;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A call as the agent sees it.
 *
 * @param level 0 not checked, 1 may book and cancel
 * @param triesLeft checks about this person that may still fail, in whichever call, before a supervisor takes over
 */
@Schema(name = "Call", description = "A call with a citizen, and how far the caller proved who they are (0 or 1)")
record Call(UUID id, UUID person, int level, int triesLeft, OffsetDateTime expiresAt) {}
