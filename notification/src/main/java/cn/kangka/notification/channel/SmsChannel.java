package cn.kangka.notification.channel;

import cn.kangka.kit.trace.Traces;
import io.opentelemetry.api.trace.SpanKind;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Text messages by an HTTP provider. The message's id is the notice's, so that a provider can drop a repetition. */
@ApplicationScoped
public class SmsChannel implements Channel {
    public static final String NAME = "SMS";
    private static final int TOO_MANY = 429;
    private static final int TIMEOUT = 408;
    private static final int SERVER_ERROR = 500;

    private final SmsClient client;
    private final SmsConfig config;
    private final Clock clock;
    private final OwnContext contexts;
    private final Gate gate;

    SmsChannel(@RestClient SmsClient client, SmsConfig config, Clock clock, OwnContext contexts) {
        this.client = client;
        this.config = config;
        this.clock = clock;
        this.contexts = contexts;
        this.gate = new Gate(clock, config.gate());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Gate gate() {
        return gate;
    }

    @Override
    public int batch() {
        return config.batch();
    }

    @Override
    public Uni<List<Outcome>> send(NoticeClass lane, List<Message> messages) {
        return Uni.join().all(messages.stream().map(this::sendOne).toList()).andFailFast();
    }

    private Uni<Outcome> sendOne(Message message) {
        SmsClient.Sms sms = new SmsClient.Sms(
                message.address(), message.body(), message.notice().toString());
        return contexts.run(() -> Traces.within(message.trace(), "sms.send", SpanKind.CLIENT, () -> client.send(sms)))
                .ifNoItem()
                .after(config.timeout())
                .fail()
                .map(this::accepted)
                .onFailure()
                .recoverWithItem(this::refused);
    }

    private Outcome accepted(SmsClient.Taken taken) {
        gate.succeeded();
        return new Outcome.Accepted(taken == null ? null : taken.id());
    }

    private Outcome refused(Throwable failure) {
        if (!(failure instanceof WebApplicationException answer)) {
            gate.failed();
            return new Outcome.Retry("no-answer", null);
        }
        Response response = answer.getResponse();
        int status = response.getStatus();
        Duration wish = RetryAfter.parse(response.getHeaderString("Retry-After"), clock);
        if (status == TOO_MANY || wish != null) {
            Duration pause = wish == null ? config.gate().breakerPause() : wish;
            gate.pause(pause);
            return new Outcome.Retry("status-" + status, pause);
        }
        if (status >= SERVER_ERROR || status == TIMEOUT) {
            gate.failed();
            return new Outcome.Retry("status-" + status, null);
        }
        gate.succeeded();
        return new Outcome.Parked("status-" + status);
    }
}
