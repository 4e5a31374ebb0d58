package cn.kangka.api.appointment;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A wish to hold a unit of a slot while the booking is confirmed. */
@Schema(description = "A wish to hold a unit of a slot")
public record HoldRequest(@NotNull UUID slotId) {}
