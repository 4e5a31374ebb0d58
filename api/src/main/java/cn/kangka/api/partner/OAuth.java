package cn.kangka.api.partner;

import cn.kangka.api.platform.AddressLimits;
import cn.kangka.api.platform.RegionKey;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.token.ServiceIdentity;
import cn.kangka.kit.token.SigningKey;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tokens for machines: client credentials with a signed assertion ({@code private_key_jwt}). */
@ApplicationScoped
public class OAuth {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final Duration HOUR = Duration.ofHours(1);

    private final ClientStore clients;
    private final RegionKey key;
    private final AddressLimits limits;
    private final PartnerConfig config;
    private final Clock clock;

    OAuth(ClientStore clients, RegionKey key, AddressLimits limits, PartnerConfig config, Clock clock) {
        this.clients = clients;
        this.key = key;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
    }

    /** A token request; parameters are as they came, null where they did not. */
    record Request(String grantType, String clientId, String assertionType, String assertion, String scope) {
        @Override
        public String toString() {
            return "a token request";
        }
    }

    /**
     * Grants or refuses a token.
     *
     * @param address where the request comes from
     * @param url under which the endpoint was called
     */
    Uni<OAuthAnswer> token(Request request, String address, String url) {
        return limits.take("tokens", config.tokensPerAddressHour(), HOUR, address)
                .chain(() -> answer(request, audiences(address, url)));
    }

    private Uni<OAuthAnswer> answer(Request request, List<String> audiences) {
        if (request.grantType() == null) {
            return now(OAuthAnswer.badRequest("invalid_request", "grant_type is missing"));
        }
        if (!request.grantType().equals("client_credentials")) {
            return now(OAuthAnswer.badRequest("unsupported_grant_type", "only client_credentials"));
        }
        if (request.assertion() == null || !ASSERTION_TYPE.equals(request.assertionType())) {
            return now(OAuthAnswer.badRequest("invalid_request", "client_assertion of type jwt-bearer is missing"));
        }
        String claimed = Assertion.claimedClient(request.assertion());
        if (claimed == null || request.clientId() != null && !request.clientId().equals(claimed)) {
            return now(OAuthAnswer.unknownClient());
        }
        return clients.find(claimed)
                .flatMap(client ->
                        client == null ? now(OAuthAnswer.unknownClient()) : answer(request, client, audiences));
    }

    private Uni<OAuthAnswer> answer(Request request, Client client, List<String> audiences) {
        Assertion assertion = Assertion.check(request.assertion(), client, audiences, config.assertionLife(), clock);
        if (assertion == null) {
            return now(OAuthAnswer.unknownClient());
        }
        return clients.firstUse(client.clientId(), assertion.jti(), assertion.expiresAt())
                .map(first -> first ? grant(client, request.scope()) : OAuthAnswer.unknownClient());
    }

    private OAuthAnswer grant(Client client, String asked) {
        List<String> scopes = asked == null || asked.isBlank()
                ? client.scopes()
                : List.of(asked.strip().split(" +"));
        if (!client.scopes().containsAll(scopes)) {
            return OAuthAnswer.badRequest("invalid_scope", "not a scope of this client");
        }
        Instant now = clock.instant();
        String scope = String.join(" ", scopes);
        JwtClaimsBuilder claims = SigningKey.claims()
                .subject(client.clientId())
                .upn(client.clientId())
                .groups(Set.of(client.role()))
                .claim("scope", scope)
                .claim("jti", Ids.next().toString())
                .issuedAt(now)
                .expiresAt(now.plus(config.tokenLife()));
        if (client.channel() != null) {
            claims.claim("channel", client.channel());
        }
        if (client.source() != null) {
            claims.claim("source", client.source());
        }
        if (!client.sources().isEmpty()) {
            claims.claim("sources", client.sources());
        }
        return new OAuthAnswer.Granted(
                key.sign(claims), "Bearer", config.tokenLife().toSeconds(), scope);
    }

    /**
     * The issuer and the configured URLs. On loopback also the URL that was called, when it is a loopback one: the
     * sandbox runs on any port, and there is no other server there to steal an assertion for.
     */
    private List<String> audiences(String address, String url) {
        List<String> audiences = new ArrayList<>(config.tokenUrls());
        audiences.add(ServiceIdentity.REGION);
        if (AddressLimits.isLoopback(address) && url.matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?/.*")) {
            audiences.add(url);
        }
        return audiences;
    }

    private static Uni<OAuthAnswer> now(OAuthAnswer answer) {
        return Uni.createFrom().item(answer);
    }
}
