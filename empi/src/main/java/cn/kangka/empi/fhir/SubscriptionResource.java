package cn.kangka.empi.fhir;

import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Who is told of patients by FHIR messages (IHE PMIR ITI-94). */
@Path("/fhir/Subscription")
@Produces(MediaType.WILDCARD)
@Consumes(MediaType.WILDCARD)
@RolesAllowed("hospital")
public class SubscriptionResource {
    private final SubscriptionService subscriptions;
    private final JsonWebToken token;
    private final HttpHeaders headers;
    private final UriInfo uri;

    SubscriptionResource(SubscriptionService subscriptions, JsonWebToken token, HttpHeaders headers, UriInfo uri) {
        this.subscriptions = subscriptions;
        this.token = token;
        this.headers = headers;
        this.uri = uri;
    }

    @POST
    @Operation(
            summary = "订阅患者变更 · Be told of every patient (IHE PMIR ITI-94)",
            description =
                    "criteria Patient, channel.type message, channel.payload application/fhir+json or +xml, channel.endpoint below"
                            + " the institution's fhirEndpoint, channel.header as wanted. From now on each change of a person is"
                            + " posted there as a Bundle of type message, in order per person, until it is answered by 2xx.")
    @APIResponse(responseCode = "201", description = "Active; Location")
    @APIResponse(responseCode = "403", description = "OperationOutcome: the client does not speak for one institution")
    @APIResponse(responseCode = "422", description = "OperationOutcome that names each element at fault")
    public Uni<Response> create(byte[] body) {
        return subscriptions.create(call(body), FhirSender.of(token));
    }

    @GET
    @Operation(summary = "我的订阅 · One's own subscriptions", description = "The values of headers are not shown.")
    @APIResponse(responseCode = "200", description = "Bundle of type searchset")
    public Uni<Response> list() {
        return subscriptions.list(call(null), FhirSender.of(token));
    }

    @GET
    @Path("{id}")
    @Operation(
            summary = "读取订阅 · Read a subscription",
            description = "status error and element error tell when the last message was not taken; it is tried again.")
    @APIResponse(responseCode = "200", description = "Subscription")
    @APIResponse(responseCode = "404", description = "OperationOutcome: none of one's own")
    public Uni<Response> read(@PathParam("id") String id) {
        return subscriptions.read(call(null), id, FhirSender.of(token));
    }

    @PUT
    @Path("{id}")
    @Operation(summary = "修改订阅 · Change a subscription, or turn it off (status off)")
    @APIResponse(responseCode = "200", description = "Subscription")
    @APIResponse(responseCode = "404", description = "OperationOutcome: none of one's own")
    @APIResponse(responseCode = "422", description = "OperationOutcome that names each element at fault")
    public Uni<Response> update(@PathParam("id") String id, byte[] body) {
        return subscriptions.update(call(body), id, FhirSender.of(token));
    }

    @DELETE
    @Path("{id}")
    @Operation(summary = "取消订阅 · End a subscription", description = "What waits for it is not sent any more.")
    @APIResponse(responseCode = "204", description = "Ended")
    @APIResponse(responseCode = "404", description = "OperationOutcome: none of one's own")
    public Uni<Response> delete(@PathParam("id") String id) {
        return subscriptions.delete(call(null), id, FhirSender.of(token));
    }

    private FhirCall call(byte[] body) {
        return new FhirCall(headers, uri, body);
    }
}
