package cn.kangka.empi.card;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Where a hospital's terminal has a code verified, through {@code api}. */
@Path("/v1/card-codes/verify")
@RolesAllowed("service")
public class CardVerificationResource {
    private final CardCodes codes;

    public CardVerificationResource(CardCodes codes) {
        this.codes = codes;
    }

    record Presentation(
            @NotBlank @Size(max = 100) String code,
            @NotNull CardScene scene,
            @NotBlank @Size(max = 40) String source,
            @Size(max = 100) String terminal) {}

    @POST
    @Operation(
            summary = "核验动态码 · Take a code that was shown to an institution",
            description = "Exactly one call per code succeeds, and its use is recorded with it.")
    @APIResponse(responseCode = "200", description = "Who showed it; the name is masked")
    @APIResponse(responseCode = "404", description = "card-code-unknown")
    @APIResponse(responseCode = "409", description = "card-code-used, card-code-expired, card-lost, card-not-active")
    public Uni<CardCodes.Verified> verify(@Valid @NotNull Presentation presentation) {
        return codes.verify(presentation.code(), presentation.scene(), presentation.source(), presentation.terminal());
    }
}
