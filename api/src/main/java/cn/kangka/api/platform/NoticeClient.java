package cn.kangka.api.platform;

import cn.kangka.kit.token.CallAs;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** {@code notification}. The outbox owns every retry. */
@Path("/v1")
@RegisterRestClient(configKey = "notification")
@RegisterProvider(CallAs.ToNotification.class)
@Consumes(MediaType.APPLICATION_JSON)
interface NoticeClient {
    @POST
    @Path("/notices")
    @Timeout(5_000)
    Uni<Response> tell(JsonNode notice);

    @DELETE
    @Path("/notices/{key}")
    @Timeout(5_000)
    Uni<Response> cancel(@PathParam("key") String key);

    @PUT
    @Path("/accounts/{account}")
    @Timeout(5_000)
    Uni<Response> account(@PathParam("account") UUID account, JsonNode state);
}
