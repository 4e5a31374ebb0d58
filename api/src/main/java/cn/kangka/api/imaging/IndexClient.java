package cn.kangka.api.imaging;

import cn.kangka.kit.token.CallAs;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Asks the index which hospitals there are, and by which number each knows a person. */
@Path("/v1")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
interface IndexClient {
    record Sources(List<Source> items) {}

    /** @param dicomWeb base address of the picture archive; null when there is none */
    record Source(String id, String name, String dicomWeb) {}

    record Person(List<Identity> identities) {}

    record Identity(UUID identity, String source, String localId) {
        /** Names a patient: never shown. */
        @Override
        public String toString() {
            return "identity " + identity;
        }
    }

    @GET
    @Path("/sources")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 100, jitter = 50)
    @CircuitBreaker(delay = 3_000)
    Uni<Sources> sources();

    @GET
    @Path("/persons/{id}")
    @Timeout(2_000)
    @Retry(maxRetries = 1, delay = 100, jitter = 50)
    @CircuitBreaker(delay = 3_000)
    Uni<Person> person(@PathParam("id") UUID id);
}
