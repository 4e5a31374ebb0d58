package cn.kangka.api.account;

import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.grouping.Grouped;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Who is calling, by the verified token of the current request. Level and person of a citizen come from the database:
 * they may have changed since the token was made. Call it on endpoints with {@code @RolesAllowed}.
 */
@ApplicationScoped
public class Callers {
    private static final String CITIZEN = "citizen";
    private static final String CLERK = "clerk";
    /** A token of a login that was ended is void at once; one without a login (sid) has none to end. */
    private static final String FIND = """
            select a.id, a.person, a.level, a.status,
                exists (select 1 from session s where s.id = asked.login and s.revoked_at is not null) as ended
            from unnest($1::uuid[], $2::uuid[]) with ordinality as asked(account, login, place)
            left join account a on a.id = asked.account
            order by asked.place
            """;

    private static final int READERS = 2;

    private static final String CALL_CENTRE = "call-centre";
    /** Staff roles, the most telling first: an agent who is also an editor acts as an agent. */
    private static final List<String> KINDS = List.of(
            CITIZEN,
            "partner",
            "terminal",
            "hospital",
            "service",
            "supervisor",
            "agent",
            CLERK,
            "registrar",
            "auditor",
            "integration",
            "editor",
            "admin");

    private final Grouped<Asked, Row> accounts;
    private final Audit audit;
    private final CurrentIdentityAssociation association;

    public Callers(Database database, Audit audit, CurrentIdentityAssociation association) {
        this.accounts = new Grouped<>("accounts", READERS, asked -> find(database, asked));
        this.audit = audit;
        this.association = association;
    }

    /**
     * The citizen who is calling.
     *
     * @param minimumLevel what the action takes
     * @return fails with 403: {@code level-required}, {@code account-suspended}, or {@code forbidden} for anybody who
     *     is not a citizen with an account
     */
    public Uni<Caller> citizen(int minimumLevel) {
        return known().flatMap(known -> {
            HttpProblem refusal = refusal(known, minimumLevel);
            return refusal == null
                    ? Uni.createFrom().item(known.caller())
                    : noted(known.caller()).chain(() -> Uni.createFrom().failure(refusal));
        });
    }

    /** The citizen who is calling, whatever the account's level and status; for what concerns the account itself. */
    Uni<Caller> citizenOfAnyStatus() {
        return known().map(Known::caller);
    }

    /**
     * The citizen of a stream that outlives its request, as they are now; null once the account or the login ended or the level
     * fell. Asked silently: nobody did anything.
     */
    public Uni<Caller> still(UUID account, UUID login, int minimumLevel) {
        return accounts.ask(new Asked(account, login)).map(row -> {
            boolean stands = row.getUUID("id") != null
                    && !row.getBoolean("ended")
                    && row.getString("status").equals("ACTIVE")
                    && row.getInteger("level") >= minimumLevel;
            return stands ? new Caller(account, row.getUUID("person"), row.getInteger("level"), null) : null;
        });
    }

    /** One account and one login of it, which may have none. */
    private record Asked(UUID account, UUID login) {}

    private record Known(Caller caller, boolean active) {}

    private Uni<Known> known() {
        JsonWebToken token = token();
        if (token == null || !association.getIdentity().hasRole(CITIZEN)) {
            return Uni.createFrom().failure(Problems.forbidden());
        }
        return accounts.ask(new Asked(UUID.fromString(token.getSubject()), session(token)))
                .map(row -> known(row, token));
    }

    private static Uni<List<Row>> find(Database database, List<Asked> asked) {
        return database.pool()
                .preparedQuery(FIND)
                .execute(Tuple.of(
                        asked.stream().map(Asked::account).toArray(UUID[]::new),
                        asked.stream().map(Asked::login).toArray(UUID[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).toList());
    }

    private static Known known(Row row, JsonWebToken token) {
        UUID account = row.getUUID("id");
        if (account == null) {
            throw Problems.forbidden();
        }
        if (row.getBoolean("ended")) {
            throw Problems.of(401, "unauthorized");
        }
        Caller caller = new Caller(account, row.getUUID("person"), row.getInteger("level"), channelOf(token));
        return new Known(caller, row.getString("status").equals("ACTIVE"));
    }

    private static HttpProblem refusal(Known known, int minimumLevel) {
        if (!known.active()) {
            return Problems.of(403, "account-suspended");
        }
        int level = known.caller().level();
        return level >= minimumLevel
                ? null
                : Problems.builder(403, "level-required", minimumLevel, level)
                        .with("required", minimumLevel)
                        .with("level", level)
                        .build();
    }

    private Uni<Void> noted(Caller caller) {
        String account = caller.account().toString();
        return audit.record(AuditEntry.denied("CITIZEN", account, "account.level", caller.person(), account));
    }

    private static UUID session(JsonWebToken token) {
        String session = token.getClaim("sid");
        return session == null ? null : UUID.fromString(session);
    }

    /** What kind of actor the audit names: CITIZEN, AGENT, PARTNER, TERMINAL, SERVICE …; ANONYMOUS without a token. */
    public String actorKind() {
        return kindOf(association.getIdentity().getRoles());
    }

    /** The kind of actor that these roles make. */
    public static String kindOf(Set<String> roles) {
        return KINDS.stream()
                .filter(roles::contains)
                .findFirst()
                .map(role -> role.toUpperCase(Locale.ROOT))
                .orElse("ANONYMOUS");
    }

    /** The actor the audit names: account, staff username, client or service id; {@code -} without a token. */
    public String actor() {
        JsonWebToken token = token();
        return token == null ? "-" : token.getSubject();
    }

    /** The login (sid) that the token belongs to; null when it belongs to none. */
    public UUID login() {
        JsonWebToken token = token();
        return token == null ? null : session(token);
    }

    /** The channel the token gives: app, web, bank, telecom, call-centre; null when it gives none. */
    public String channel() {
        JsonWebToken token = token();
        return token == null ? null : channelOf(token);
    }

    /** Like {@link #channel} for endpoints that need no token: null without one, 401 with a bad one. */
    public Uni<String> channelIfAny() {
        return association.getDeferredIdentity().map(identity -> {
            JsonWebToken token = token(identity);
            return token == null ? null : channelOf(token);
        });
    }

    /** Whether the caller has one of these roles, for endpoints that need no token: false without one. */
    public Uni<Boolean> isIfAny(String... roles) {
        return association.getDeferredIdentity().map(identity -> Stream.of(roles)
                .anyMatch(identity::hasRole));
    }

    /** Whether the token gives this scope (partners and hospital clients). */
    public boolean hasScope(String scope) {
        JsonWebToken token = token();
        String scopes = token == null ? null : token.getClaim("scope");
        return scopes != null && List.of(scopes.split(" ")).contains(scope);
    }

    /** The one institution the token gives (terminals and hospital clients), such as {@code H001}; null when none. */
    public String source() {
        JsonWebToken token = token();
        return token == null ? null : token.getClaim("source");
    }

    /** The one institution that the token speaks for; null when it is not clear which, as on a shared line. */
    public String onlySource() {
        Set<String> all = sources();
        return all.size() == 1 ? all.iterator().next() : null;
    }

    /** Every institution that the token speaks for: {@link #source}, those that share its connection, those of a clerk. */
    public Set<String> sources() {
        JsonWebToken token = token();
        Set<String> all = new TreeSet<>();
        if (token != null && token.getClaim("source") != null) {
            all.add(token.<String>getClaim("source"));
        }
        if (token != null && token.getClaim("sources") instanceof Collection<?> shared) {
            shared.forEach(each -> all.add(each instanceof JsonString text ? text.getString() : each.toString()));
        }
        return all;
    }

    /**
     * The hospitals of whose records a list may tell: a hospital's client those it speaks for, staff all.
     *
     * @param named only this one; null for no wish
     * @return null for all
     */
    public Set<String> hospitals(String named) {
        if (!is("hospital")) {
            return named == null ? null : Set.of(named);
        }
        Set<String> own = sources();
        if (named != null) {
            own.retainAll(Set.of(named));
        }
        return own;
    }

    /** Whether the caller acts for {@link #sources} only: a hospital's system, or somebody who works there. */
    public boolean isOfInstitutions() {
        return is("hospital") || is(CLERK) && !is("supervisor");
    }

    /** Whether the caller has this role. */
    public boolean is(String role) {
        return association.getIdentity().hasRole(role);
    }

    private JsonWebToken token() {
        return token(association.getIdentity());
    }

    private static JsonWebToken token(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getSubject() != null ? token : null;
    }

    private static String channelOf(JsonWebToken token) {
        String channel = token.getClaim("channel");
        if (channel != null) {
            return channel;
        }
        Set<String> roles = token.getGroups();
        return roles.contains("agent") || roles.contains("supervisor") ? CALL_CENTRE : null;
    }
}
