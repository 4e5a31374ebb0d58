package cn.kangka.api.appointment;

import cn.kangka.kit.token.CallAs;
import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.WebApplicationException;
import java.util.UUID;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Whose card a dynamic code is, asked of the index. No retry: a code is good for one use. */
@RegisterRestClient(configKey = "empi")
@RegisterProvider(CallAs.ToEmpi.class)
@Path("/v1/card-codes/verify")
interface CardCodeClient {
    record Question(String code, String scene, String source, String terminal) {
        /** Names a code: never shown. */
        @Override
        public String toString() {
            return "card code for " + source;
        }
    }

    record Holder(UUID person) {}

    @POST
    @Timeout(2_000)
    @CircuitBreaker(skipOn = WebApplicationException.class, requestVolumeThreshold = 10)
    @CircuitBreakerName("booking-card-codes")
    Uni<Holder> verify(Question question);
}
