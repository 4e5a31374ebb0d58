package cn.kangka.api.agent;

import cn.kangka.api.agent.StaffStore.Staff;
import cn.kangka.api.session.SessionKind;
import cn.kangka.api.session.Sessions;
import cn.kangka.api.session.TokenHolders;
import cn.kangka.api.session.Tokens;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;

/** Staff log in with a password (sandbox). */
@ApplicationScoped
public class StaffLogin implements TokenHolders {
    private static final String STAFF = "STAFF";
    private static final String CHANNEL = "call-centre";

    private final StaffStore store;
    private final Database database;
    private final Sessions sessions;
    private final Audit audit;
    private final AgentConfig config;
    private final Clock clock;
    private final String nobody;

    StaffLogin(StaffStore store, Database database, Sessions sessions, Audit audit, AgentConfig config, Clock clock) {
        this.store = store;
        this.database = database;
        this.sessions = sessions;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
        // An unknown name is compared with this, so that it takes as long as a known one.
        this.nobody = PasswordHash.of("", 1).replaceFirst("^1", Integer.toString(config.hashRounds()));
    }

    /**
     * Logs in.
     *
     * @return fails with 401 {@code staff-login-refused} for a wrong or unknown name or password, 429 {@code
     *     staff-login-locked} after too many, 404 where there is no such login
     */
    Uni<Tokens> login(String username, String password) {
        if (!config.sandboxLogin()) {
            return Uni.createFrom().failure(Problems::notFound);
        }
        return store.find(database.pool(), username)
                .invoke(this::refuseWhenLocked)
                .flatMap(staff -> compare(staff, password)
                        .flatMap(right -> right ? enter(staff) : refuse(username, staff != null)));
    }

    private Uni<Boolean> compare(Staff staff, String password) {
        return Uni.createFrom()
                .item(() ->
                        PasswordHash.matches(password, staff == null ? nobody : staff.passwordHash()) && staff != null)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private void refuseWhenLocked(Staff staff) {
        if (staff != null && staff.lockedUntil() != null) {
            Duration wait =
                    Duration.between(clock.instant(), staff.lockedUntil().toInstant());
            if (wait.compareTo(Duration.ZERO) > 0) {
                throw Problems.tooMany("staff-login-locked", wait, clock);
            }
        }
    }

    private Uni<Tokens> enter(Staff staff) {
        return database.write(tx -> store.right(tx, staff.username())
                .chain(() -> audit.record(
                        tx, AuditEntry.allowed(STAFF, staff.username(), "staff.login", null, staff.username())))
                .chain(() -> sessions.open(tx, SessionKind.STAFF, staff.username(), CHANNEL)));
    }

    private Uni<Tokens> refuse(String username, boolean known) {
        OffsetDateTime lockUntil = OffsetDateTime.now(clock).plus(config.lock());
        return store.wrong(username, config.tries(), lockUntil)
                .chain(() -> audit.record(AuditEntry.denied(STAFF, known ? username : "-", "staff.login", null, null)))
                .chain(() -> Uni.createFrom().failure(Problems.of(401, "staff-login-refused")));
    }

    @Override
    public SessionKind kind() {
        return SessionKind.STAFF;
    }

    @Override
    public Uni<Claims> claims(SqlConnection tx, String subject) {
        return store.find(tx, subject)
                .map(staff -> staff == null ? null : new Claims(staff.roles(), institutions(staff)));
    }

    private static Map<String, Object> institutions(Staff staff) {
        return staff.sources().isEmpty() ? Map.of() : Map.of("sources", staff.sources());
    }
}
