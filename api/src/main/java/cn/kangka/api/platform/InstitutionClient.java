package cn.kangka.api.platform;

import cn.kangka.kit.token.CallAs;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Hospitals and centres, by the index's configuration. */
@Path("/v1/sources")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
interface InstitutionClient {
    record Source(String id, String name) {}

    record Sources(List<Source> items) {}

    @GET
    @Timeout(1_000)
    @CircuitBreaker(delay = 5_000)
    Uni<Sources> list();
}
