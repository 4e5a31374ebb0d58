package cn.kangka.api.appointment;

import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.token.CallAs;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Asks {@code notification} which notices were read. */
@Path("/v1/notices")
@RegisterRestClient(configKey = "notification")
@RegisterProvider(CallAs.ToNotification.class)
@RegisterProvider(Refusals.class)
interface StopClient {
    record Keys(List<String> keys) {}

    record Read(String key, OffsetDateTime readAt) {}

    record Reads(List<Read> items) {}

    @POST
    @Path("/reads")
    @Timeout(3_000)
    @CircuitBreaker(skipOn = HttpProblem.class, delay = 3_000)
    Uni<Reads> reads(Keys keys);
}
