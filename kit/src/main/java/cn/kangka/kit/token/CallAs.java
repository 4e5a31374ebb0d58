package cn.kangka.kit.token;

import io.quarkus.arc.Arc;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;

/**
 * Puts this service's token on calls to another one. A REST client registers the constant of its target:
 * {@code @RegisterProvider(CallAs.ToEmpi.class)}. A token that the caller set itself (a citizen's, passed on) stays.
 */
public abstract class CallAs implements ClientRequestFilter {
    private final String audience;

    protected CallAs(String audience) {
        this.audience = audience;
    }

    @Override
    public void filter(ClientRequestContext request) {
        if (!request.getHeaders().containsKey(HttpHeaders.AUTHORIZATION)) {
            ServiceTokens tokens = Arc.container().instance(ServiceTokens.class).get();
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + tokens.tokenFor(audience));
        }
    }

    /** Calls to {@code empi}. */
    public static final class ToEmpi extends CallAs {
        public ToEmpi() {
            super("empi");
        }
    }

    /** Calls to {@code api}. */
    public static final class ToApi extends CallAs {
        public ToApi() {
            super("api");
        }
    }

    /** Calls to {@code notification}. */
    public static final class ToNotification extends CallAs {
        public ToNotification() {
            super("notification");
        }
    }
}
