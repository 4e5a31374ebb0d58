package cn.kangka.notification.channel;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * The SMS provider's HTTP face. No retry here: the delivery row owns every retry, and its gate the circuit breaker; the
 * timeout is the channel's.
 */
@RegisterRestClient(configKey = "sms")
interface SmsClient {
    /** @param id the provider ignores a second message of the same id, where it can */
    record Sms(String to, String text, String id) {
        @Override
        public String toString() {
            return "Sms[" + id + "]";
        }
    }

    record Taken(String id) {}

    @POST
    @Path("/sms")
    Uni<Taken> send(Sms sms);
}
