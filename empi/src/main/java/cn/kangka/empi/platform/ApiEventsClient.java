package cn.kangka.empi.platform;

import cn.kangka.kit.token.CallAs;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Tells {@code api} what happened in the region. The outbox owns every retry. */
@Path("/v1/region-events")
@RegisterRestClient(configKey = "api")
@RegisterProvider(CallAs.ToApi.class)
interface ApiEventsClient {
    @POST
    @Timeout(15_000)
    Uni<ApiEvents.Answer> send(ApiEvents batch);
}
