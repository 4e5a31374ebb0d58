package cn.kangka.notification.endpoint;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What {@code api} tells of accounts. */
@Path("/v1/accounts/{account}")
@Tag(name = "Accounts")
public class RecipientResource {
    /** One version of an account. */
    public record Account(
            @Schema(description = "the login phone; absent when there is none", nullable = true)
            @Pattern(regexp = "\\+?[0-9]{5,20}")
            String phone,

            @Schema(description = "language of notices", examples = "zh-CN") @NotNull @Pattern(regexp = "zh-CN|en")
            String locale,

            @Schema(description = "false: nothing goes out but the inbox") @NotNull
            Boolean active,

            @Schema(description = "grows with every change; an older one is ignored") @Min(0)
            long version) {
        /** Without the phone. */
        @Override
        public String toString() {
            return "Account[" + version + "]";
        }
    }

    private final RecipientService recipients;

    RecipientResource(RecipientService recipients) {
        this.recipients = recipients;
    }

    @PUT
    @RolesAllowed("service")
    @Operation(summary = "Say who an account is", description = "Idempotent; an older version is ignored")
    @APIResponse(responseCode = "204", description = "Known, or a newer version is known already")
    public Uni<Void> put(@PathParam("account") UUID account, @NotNull @Valid Account body) {
        return recipients.put(account, new Recipient(body.phone(), body.locale(), body.active()), body.version());
    }
}
