package cn.kangka.api.referral;

import cn.kangka.api.record.ReportView;
import cn.kangka.kit.idempotency.Idempotency.Answer;
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
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Referrals, for the systems and the people of the two institutions. */
@Path("/v1/referrals")
@Tag(name = "Referral", description = "双向转诊 Referrals between institutions (WS/T 790, FHIR ServiceRequest and Task)")
public class ReferralResource {
    private final Referrals referrals;

    ReferralResource(Referrals referrals) {
        this.referrals = referrals;
    }

    @POST
    @RolesAllowed({"hospital", "clerk"})
    @Operation(
            summary = "转诊 Refer somebody",
            description =
                    "By an institution's own client or clerk, for somebody registered there or whose card code it read. With"
                            + " slotId a unit of the receiving institution is booked at once: a reserved one first, limits neither stop"
                            + " nor count it. Documents are the institution's own reports; the other side sees them only after the"
                            + " person agreed, in the app or on paper. The same Idempotency-Key and body give the first answer for 24 h.")
    @APIResponse(
            responseCode = "201",
            description = "REQUESTED, or BOOKED with slotId; the person is told",
            content = @Content(schema = @Schema(implementation = ReferralView.class)))
    @APIResponse(responseCode = "400", description = "No Idempotency-Key, or a field breaks its rule")
    @APIResponse(responseCode = "404", description = "No such slot, or nobody of that id registered there")
    @APIResponse(
            responseCode = "409",
            description = "slot-full, session-booked, slot-closed, slot-past, card-code-refused")
    @APIResponse(responseCode = "422", description = "A place that does not fit, an unknown report, or a used key")
    public Uni<Response> make(@HeaderParam("Idempotency-Key") String key, @NotNull @Valid ReferralRequest request) {
        return referrals.make(key, request).map(ReferralResource::answer);
    }

    @GET
    @RolesAllowed({"hospital", "clerk"})
    @Operation(
            summary = "转诊列表 Referrals sent or received",
            description =
                    "Exactly one of from and to, an institution of the caller's; the newest first, without reasons, answers and replies.")
    @APIResponse(responseCode = "200", description = "One page of referrals")
    @APIResponse(responseCode = "422", description = "Neither from nor to is the caller's, or both are given")
    public Uni<Page<ReferralView>> list(
            @Parameter(description = "sent by this institution") @QueryParam("from") String from,
            @Parameter(description = "received by this institution") @QueryParam("to") String to,
            @QueryParam("status") ReferralStatus status,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return referrals.list(from, to, status, limit, cursor);
    }

    @GET
    @Path("{id}")
    @RolesAllowed({"hospital", "clerk"})
    @Operation(
            summary = "转诊详情 Read a referral",
            description =
                    "For its two institutions; audited in the person's access log. The receiving one sees documents only"
                            + " while the consent stands, and neither reason nor answer once it ended without a visit.")
    @APIResponse(responseCode = "200", description = "The referral")
    @APIResponse(responseCode = "404", description = "No such referral of the caller's institutions")
    public Uni<ReferralView> one(@PathParam("id") UUID id) {
        return referrals.one(id);
    }

    @GET
    @Path("{id}/documents/{report}")
    @RolesAllowed({"hospital", "clerk"})
    @Operation(
            summary = "转诊附带的报告 Read a report that goes with a referral",
            description =
                    "For the receiving institution, while the person's consent stands and the referral has not ended"
                            + " without a visit; its newest readable version, without values of other reports. Audited.")
    @APIResponse(responseCode = "200", description = "The report")
    @APIResponse(responseCode = "404", description = "Not a document of it, or not shared")
    public Uni<ReportView> document(@PathParam("id") UUID id, @PathParam("report") UUID report) {
        return referrals.document(id, report);
    }

    @POST
    @Path("{id}/{act}")
    @RolesAllowed({"hospital", "clerk"})
    @Operation(
            summary = "处理转诊 Act on a referral",
            description =
                    "accept (with slotId: books it), decline (text: why), seen, report-back (text: what was found) by the"
                            + " receiving institution; accept with slotId and cancel also by the referring one. The same again changes"
                            + " nothing. The person is told.")
    @APIResponse(responseCode = "200", description = "The referral as it is now")
    @APIResponse(responseCode = "403", description = "The other institution's act")
    @APIResponse(responseCode = "404", description = "No such act or referral of the caller's institutions")
    @APIResponse(responseCode = "409", description = "referral-state, slot-full and the others of a booking")
    @APIResponse(responseCode = "422", description = "A text or the slot is missing or not the receiving institution's")
    public Uni<ReferralView> act(
            @PathParam("id") UUID id,
            @Parameter(description = "accept, decline, cancel, seen, report-back") @PathParam("act") String act,
            @NotNull @Valid ReferralAct with) {
        return referrals.act(id, act, with);
    }

    private static Response answer(Answer answer) {
        return Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.body())
                .build();
    }
}
