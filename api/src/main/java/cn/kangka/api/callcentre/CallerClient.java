package cn.kangka.api.callcentre;

import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.token.CallAs;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Asks the index for candidates (masked) and lets it compare answers: the true values never come here. */
@Path("/v1/persons")
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
@RegisterProvider(Refusals.class)
interface CallerClient {
    record Search(String name, String phone, String idNumber, LocalDate birthDate) {
        @Override
        public String toString() {
            return "a search";
        }
    }

    record Found(List<Candidate> items) {}

    record Outcome(int asked, int passed) {}

    @POST
    @Path("/search")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 100, jitter = 50, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<Found> search(Search search);

    @POST
    @Path("/{person}/checks")
    @Timeout(2_000)
    @Retry(maxRetries = 2, delay = 100, jitter = 50, abortOn = HttpProblem.class)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<Outcome> check(@PathParam("person") UUID person, Answers answers);
}
