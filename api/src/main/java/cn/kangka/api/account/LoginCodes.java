package cn.kangka.api.account;

import cn.kangka.api.account.LoginCodeStore.Sent;
import cn.kangka.api.platform.Notice;
import cn.kangka.api.platform.Notices;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Codes sent to phones, each for one purpose. */
@ApplicationScoped
class LoginCodes {
    private static final int CODES = 1_000_000;
    /** Older rows neither count for a limit nor can be used. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final Database database;
    private final LoginCodeStore store;
    private final Notices notices;
    private final LoginConfig config;
    private final Clock clock;
    private final LoginCodePolicy policy;
    private final SecureRandom random = new SecureRandom();

    LoginCodes(Database database, LoginCodeStore store, Notices notices, LoginConfig config, Clock clock) {
        this.database = database;
        this.store = store;
        this.notices = notices;
        this.config = config;
        this.clock = clock;
        this.policy = new LoginCodePolicy(config.codeInterval(), config.codesPerHour());
    }

    /** What a code is good for; a code for one purpose is none for another. */
    enum Purpose {
        LOGIN
    }

    /** Sends a code, unless the phone had too many (429 {@code login-codes-too-many}). */
    Uni<Void> send(String phone, Purpose purpose) {
        return database.write(tx -> send(tx, phone, purpose.name(), "login-code", config.codeLife()))
                .invoke(notices::wake);
    }

    /** The same for a purpose of another kind, by a text of its own, in the caller's transaction. */
    Uni<Void> send(SqlConnection tx, String phone, String purpose, String template, Duration life) {
        return store.lock(tx, phone)
                .chain(() -> store.sentSince(tx, phone, now().minus(LoginCodePolicy.WINDOW)))
                .invoke(sent -> refuseWhenTooMany(policy.wait(sent, clock.instant())))
                .chain(() -> write(tx, phone, purpose, template, life));
    }

    /**
     * Uses up the code.
     *
     * @return whether it was right; a wrong one counts as a try, which the caller's transaction must commit
     */
    Uni<Boolean> use(SqlConnection tx, String phone, Purpose purpose, String code) {
        return use(tx, phone, purpose.name(), code);
    }

    /** The same for a purpose of another kind. */
    Uni<Boolean> use(SqlConnection tx, String phone, String purpose, String code) {
        return store.lock(tx, phone)
                .chain(() -> store.newest(tx, phone, purpose))
                .flatMap(sent -> {
                    if (sent == null || !usable(sent)) {
                        return Uni.createFrom().item(false);
                    }
                    return store.matches(sent, purpose, code)
                            ? store.used(tx, sent.id(), now()).replaceWith(true)
                            : store.tried(tx, sent.id()).replaceWith(false);
                });
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return store.prune(database.pool(), now().minus(KEPT)).replaceWithVoid();
    }

    private boolean usable(Sent sent) {
        return sent.tries() < config.codeTries() && sent.expiresAt().isAfter(now());
    }

    private void refuseWhenTooMany(Duration wait) {
        if (!wait.isZero()) {
            throw Problems.tooMany("login-codes-too-many", wait, clock);
        }
    }

    private Uni<Void> write(SqlConnection tx, String phone, String purpose, String template, Duration life) {
        UUID id = Ids.next();
        String code = String.format(Locale.ROOT, "%06d", random.nextInt(CODES));
        OffsetDateTime expiresAt = now().plus(life);
        return store.insert(tx, id, phone, purpose, code, now(), expiresAt)
                .chain(() ->
                        notices.tell(tx, notice(id, phone, code, template, life).expiring(expiresAt)));
    }

    private static Notice notice(UUID id, String phone, String code, String template, Duration life) {
        return Notice.now(
                template + ":" + id,
                template,
                Notice.Recipient.phone(phone),
                Map.of("code", code, "minutes", Long.toString(life.toMinutes())),
                null);
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }
}
