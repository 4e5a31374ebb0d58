package cn.kangka.api.session;

import cn.kangka.api.platform.RegionKey;
import cn.kangka.api.session.SessionStore.Stored;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.token.SigningKey;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens, renews and ends logins. */
@ApplicationScoped
public class Sessions {
    private static final int SEED_BYTES = 32;

    private final Database database;
    private final SessionStore store;
    private final RegionKey key;
    private final SessionConfig config;
    private final Clock clock;
    private final Audit audit;
    private final Map<SessionKind, TokenHolders> holders;
    private final SecureRandom random = new SecureRandom();

    Sessions(
            Database database,
            SessionStore store,
            RegionKey key,
            SessionConfig config,
            Clock clock,
            Audit audit,
            @All List<TokenHolders> holders) {
        this.database = database;
        this.store = store;
        this.key = key;
        this.config = config;
        this.clock = clock;
        this.audit = audit;
        this.holders = holders.stream().collect(Collectors.toMap(TokenHolders::kind, Function.identity()));
    }

    /**
     * Opens a login in the caller's transaction.
     *
     * @param subject account id or staff username
     * @param channel {@code app} for citizens, {@code call-centre} for staff
     */
    public Uni<Tokens> open(SqlConnection tx, SessionKind kind, String subject, String channel) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        Stored session = new Stored(Ids.next(), kind, subject, channel, seed, 0, true);
        return store.insert(tx, session, now(), expiry(kind))
                .chain(() -> holders.get(kind).claims(tx, subject))
                .map(claims -> tokens(session, claims));
    }

    /**
     * Gives new tokens for a refresh token, which is used up.
     *
     * @return fails with 401 {@code refresh-refused}; a token that was used before ends the whole family
     */
    public Uni<Tokens> renew(String refreshToken) {
        RefreshToken token = RefreshToken.parse(refreshToken);
        if (token == null) {
            return Uni.createFrom().failure(Sessions::refused);
        }
        return database.write(tx -> store.lock(tx, token.session(), now()).flatMap(found -> renew(tx, token, found)))
                .onItem()
                .ifNull()
                .failWith(Sessions::refused);
    }

    /** Ends the login that this access token belongs to; ending it twice is no error. */
    public Uni<Void> end(UUID session) {
        return store.revoke(database.pool(), session, "LOGOUT", now());
    }

    /** Forgets sessions that ended a while ago. */
    @Scheduled(every = "1h", delayed = "3m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return store.prune(database.pool(), now().minus(config.citizen())).replaceWithVoid();
    }

    /** Null for a refusal, so that what was revoked on the way is committed. */
    private Uni<Tokens> renew(SqlConnection tx, RefreshToken token, Stored found) {
        if (found == null || !found.live() || !token.isGenuine(found.seed())) {
            return Uni.createFrom().nullItem();
        }
        if (token.generation() != found.generation()) {
            return revoke(tx, found, "REUSE");
        }
        return holders.get(found.kind())
                .claims(tx, found.subject())
                .flatMap(claims -> claims == null ? revoke(tx, found, "CLOSED") : advance(tx, found, claims));
    }

    private Uni<Tokens> revoke(SqlConnection tx, Stored session, String reason) {
        return store.revoke(tx, session.id(), reason, now())
                .chain(() -> audit.record(
                        tx,
                        AuditEntry.denied(
                                        session.kind().name(),
                                        session.subject(),
                                        "login.refresh",
                                        null,
                                        session.id().toString())
                                .because(reason)))
                .replaceWith((Tokens) null);
    }

    private Uni<Tokens> advance(SqlConnection tx, Stored session, TokenHolders.Claims claims) {
        Stored next = new Stored(
                session.id(),
                session.kind(),
                session.subject(),
                session.channel(),
                session.seed(),
                session.generation() + 1,
                true);
        return store.advance(tx, session.id(), expiry(session.kind())).replaceWith(() -> tokens(next, claims));
    }

    private Tokens tokens(Stored session, TokenHolders.Claims claims) {
        Instant now = clock.instant();
        JwtClaimsBuilder builder = SigningKey.claims()
                .subject(session.subject())
                .upn(session.subject())
                .groups(claims.groups())
                .claim("sid", session.id().toString())
                .issuedAt(now)
                .expiresAt(now.plus(config.access()));
        if (session.channel() != null) {
            builder.claim("channel", session.channel());
        }
        claims.more().forEach(builder::claim);
        return new Tokens(
                key.sign(builder),
                RefreshToken.of(session.id(), session.generation(), session.seed())
                        .text(),
                config.access().toSeconds(),
                "Bearer");
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private OffsetDateTime expiry(SessionKind kind) {
        Duration life =
                switch (kind) {
                    case CITIZEN -> config.citizen();
                    case STAFF -> config.staff();
                };
        return now().plus(life);
    }

    private static RuntimeException refused() {
        return Problems.of(401, "refresh-refused");
    }
}
