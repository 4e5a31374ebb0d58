package cn.kangka.api.platform;

import cn.kangka.kit.token.CallAs;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** What the index must get. The outbox owns every retry. */
@Path("/v1")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
interface EmpiOrderClient {
    record CardWish(String channel) {}

    @POST
    @Path("/booking-orders")
    @Timeout(10_000)
    Uni<EventsOut.Answer> send(EventsOut batch);

    @POST
    @Path("/persons/{person}/cards")
    @Timeout(5_000)
    Uni<Response> card(@PathParam("person") UUID person, CardWish wish);
}
