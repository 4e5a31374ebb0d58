package cn.kangka.api.partner;

import cn.kangka.api.platform.RateLimits;
import cn.kangka.api.platform.RateLimits.Taken;
import cn.kangka.kit.problem.Problems;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.util.Locale;
import java.util.Set;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * How fast partners, terminals and hospital systems may ask, and what tells them: {@code RateLimit} and {@code
 * RateLimit-Policy} (draft-ietf-httpapi-ratelimit-headers), 429 with {@code Retry-After}.
 */
public class ClientLimits {
    private static final Set<String> LIMITED = Set.of("partner", "terminal", "hospital");
    private static final String TAKEN = ClientLimits.class.getName();

    private final CurrentIdentityAssociation association;
    private final RateLimits limits;
    private final PartnerConfig config;
    private final Clock clock;

    ClientLimits(CurrentIdentityAssociation association, RateLimits limits, PartnerConfig config, Clock clock) {
        this.association = association;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
    }

    /** Takes one token of the client's bucket; nothing for citizens, staff and services. */
    @ServerRequestFilter
    public Uni<RestResponse<Void>> take(ContainerRequestContext request) {
        if (request.getHeaderString(HttpHeaders.AUTHORIZATION) == null) {
            return Uni.createFrom().nullItem();
        }
        return association.getDeferredIdentity().flatMap(identity -> take(request, identity));
    }

    private Uni<RestResponse<Void>> take(ContainerRequestContext request, SecurityIdentity identity) {
        if (identity.isAnonymous() || identity.getRoles().stream().noneMatch(LIMITED::contains)) {
            return Uni.createFrom().nullItem();
        }
        return limits.take("client:" + identity.getPrincipal().getName(), config.requests(), config.window())
                .invoke(taken -> request.setProperty(TAKEN, taken))
                .invoke(taken -> {
                    if (!taken.allowed()) {
                        throw Problems.tooMany("too-many-requests", taken.retryIn(), clock);
                    }
                })
                .replaceWith((RestResponse<Void>) null);
    }

    /** Tells a client where it stands. */
    @ServerResponseFilter
    public void tell(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(TAKEN) instanceof Taken taken) {
            response.getHeaders()
                    .putSingle(
                            "RateLimit-Policy",
                            String.format(
                                    Locale.ROOT,
                                    "\"default\";q=%d;w=%d",
                                    config.requests(),
                                    config.window().toSeconds()));
            response.getHeaders()
                    .putSingle(
                            "RateLimit",
                            String.format(
                                    Locale.ROOT,
                                    "\"default\";r=%d;t=%d",
                                    taken.remaining(),
                                    taken.full().toSeconds()));
        }
    }
}
