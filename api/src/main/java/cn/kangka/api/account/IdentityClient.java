package cn.kangka.api.account;

import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.token.CallAs;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Asks the index whether somebody is who they say. Asking changes nothing there, so it may be asked again. */
@Path("/v1/persons")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
@RegisterProvider(Refusals.class)
interface IdentityClient {
    record Question(String name, String idType, String idNumber, String phone) {
        @Override
        public String toString() {
            return "a question";
        }
    }

    record Found(UUID person, int level) {}

    @POST
    @Path("/claim")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 100, jitter = 50, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<Found> claim(Question question);
}
