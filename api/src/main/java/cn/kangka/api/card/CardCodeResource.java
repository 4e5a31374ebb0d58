package cn.kangka.api.card;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Terminals check codes. */
@Path("/v1/card-codes/verify")
@Tag(name = "Card")
public class CardCodeResource {
    private final CardChecks checks;

    CardCodeResource(CardChecks checks) {
        this.checks = checks;
    }

    @Schema(description = "A scanned code; the hospital is the terminal's own and stands in its token")
    record Scan(
            @NotBlank @Size(max = 500) String code, @NotNull Scene scene) {
        @Override
        public String toString() {
            return "a scan";
        }
    }

    @POST
    @RolesAllowed("terminal")
    @Operation(summary = "Check and use up a code", description = "The use is recorded, and told to the card's holder.")
    @APIResponse(responseCode = "200", description = "The code was good; who holds the card")
    @APIResponse(responseCode = "404", description = "card-code-unknown")
    @APIResponse(responseCode = "409", description = "card-code-used, card-code-expired, card-lost, card-not-active")
    @APIResponse(responseCode = "503", description = "unavailable: the index does not answer")
    public Uni<VerifiedCard> verify(@NotNull @Valid Scan scan) {
        return checks.verify(scan.code(), scan.scene());
    }
}
