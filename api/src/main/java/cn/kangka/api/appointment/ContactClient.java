package cn.kangka.api.appointment;

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

/** Asks the index whom to ring. */
@Path("/v1/persons")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
interface ContactClient {
    record Person(String name, List<String> phones) {
        /** Names a patient: never shown. */
        @Override
        public String toString() {
            return "a person";
        }
    }

    @GET
    @Path("/{id}")
    @Timeout(2_000)
    @Retry(maxRetries = 1, delay = 100, jitter = 50)
    @CircuitBreaker(delay = 3_000)
    Uni<Person> person(@PathParam("id") UUID id);
}
