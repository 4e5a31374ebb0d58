package cn.kangka.api.referral;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** A citizen's own referrals. */
@Path("/v1/me/referrals")
@Tag(name = "Referral")
public class MyReferralsResource {
    private final MyReferrals referrals;

    MyReferralsResource(MyReferrals referrals) {
        this.referrals = referrals;
    }

    /** Whether the documents may be shared. */
    @Schema(description = "Whether the documents of a referral may be shared")
    public record ConsentRequest(@NotNull Boolean agree) {}

    @GET
    @RolesAllowed("citizen")
    @Operation(summary = "我的转诊 My referrals", description = "Level 2; the newest first.")
    @APIResponse(responseCode = "200", description = "One page of referrals")
    @APIResponse(responseCode = "403", description = "Level 2 is missing")
    public Uni<Page<ReferralView>> mine(
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return referrals.mine(limit, cursor);
    }

    @GET
    @Path("{id}")
    @RolesAllowed("citizen")
    @Operation(summary = "我的转诊详情 Read one of my referrals", description = "With its documents and every state so far.")
    @APIResponse(responseCode = "200", description = "The referral")
    @APIResponse(responseCode = "404", description = "No such referral, or not the caller's")
    public Uni<ReferralView> one(@PathParam("id") UUID id) {
        return referrals.one(id);
    }

    @POST
    @Path("{id}/consent")
    @RolesAllowed("citizen")
    @Operation(
            summary = "单独同意 Agree to sharing the documents, or not",
            description =
                    "Separate consent (PIPL art. 29). It holds from now on and can be given and withdrawn at any time;"
                            + " the referral itself does not depend on it.")
    @APIResponse(responseCode = "200", description = "The referral")
    @APIResponse(responseCode = "404", description = "No such referral, or not the caller's")
    public Uni<ReferralView> consent(@PathParam("id") UUID id, @NotNull @Valid ConsentRequest request) {
        return referrals.consent(id, request.agree());
    }

    @POST
    @Path("{id}/refuse")
    @RolesAllowed("citizen")
    @Operation(
            summary = "不去转诊 Refuse a referral",
            description = "Until the visit; a booked unit comes back without a mark. The same again changes nothing.")
    @APIResponse(responseCode = "200", description = "CANCELLED")
    @APIResponse(responseCode = "404", description = "No such referral, or not the caller's")
    @APIResponse(responseCode = "409", description = "referral-state: the visit took place, or it has another end")
    public Uni<ReferralView> refuse(@PathParam("id") UUID id) {
        return referrals.refuse(id);
    }
}
