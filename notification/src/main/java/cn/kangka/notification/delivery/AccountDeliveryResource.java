package cn.kangka.notification.delivery;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The delivery log of an account, for other services. */
@Path("/v1/accounts/{account}/deliveries")
@Tag(name = "Deliveries")
public class AccountDeliveryResource {
    private final DeliveryLogService log;

    AccountDeliveryResource(DeliveryLogService log) {
        this.log = log;
    }

    @GET
    @RolesAllowed("service")
    @Operation(summary = "What went to an account", description = "Newest first; no text, no address")
    @APIResponse(responseCode = "200", description = "A page of deliveries")
    public Uni<Page<DeliveryView>> list(
            @PathParam("account") UUID account,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return log.ofAccount(account, limit, cursor);
    }
}
