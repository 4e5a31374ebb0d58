package cn.kangka.api.account;

import cn.kangka.api.account.LoginCodes.Purpose;
import cn.kangka.api.platform.AddressLimits;
import cn.kangka.api.session.SessionKind;
import cn.kangka.api.session.Sessions;
import cn.kangka.api.session.Tokens;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Login by a code to the phone; the first one makes the account. */
@ApplicationScoped
public class Login {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final String CHANNEL = "app";

    private final Database database;
    private final LoginCodes codes;
    private final AccountStore accounts;
    private final AccountNews news;
    private final Sessions sessions;
    private final AddressLimits limits;
    private final Audit audit;
    private final LoginConfig config;
    private final Pattern phones;

    Login(
            Database database,
            LoginCodes codes,
            AccountStore accounts,
            AccountNews news,
            Sessions sessions,
            AddressLimits limits,
            Audit audit,
            LoginConfig config) {
        this.database = database;
        this.codes = codes;
        this.accounts = accounts;
        this.news = news;
        this.sessions = sessions;
        this.limits = limits;
        this.audit = audit;
        this.config = config;
        this.phones = Pattern.compile(config.phonePattern());
    }

    /** Sends a login code; fails with 422 for what is no mobile number, 429 when it is too soon. */
    Uni<Void> sendCode(String phone, String address) {
        return checked(phone)
                .chain(() -> limits.take("login-codes", config.codesPerAddressHour(), HOUR, address))
                .chain(() -> codes.send(phone, Purpose.LOGIN));
    }

    /**
     * Logs in; what is booked comes through the app's channel, whatever the client says of itself (docs/adr/0032).
     *
     * @return fails with 401 {@code login-code-wrong}, the same whether the phone is known or not
     */
    Uni<Tokens> login(String phone, String code, Locale locale, String address) {
        return checked(phone)
                .chain(() -> limits.take("login-tries", config.triesPerAddressHour(), HOUR, address))
                .chain(() -> database.write(tx -> codes.use(tx, phone, Purpose.LOGIN, code)
                        .flatMap(right -> right
                                ? enter(tx, phone, locale)
                                : Uni.createFrom().nullItem())))
                .onItem()
                .ifNull()
                .failWith(() -> Problems.of(401, "login-code-wrong"));
    }

    private Uni<Void> checked(String phone) {
        return phones.matcher(phone).matches()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().failure(Problems.invalid("phone", "phone.format"));
    }

    private Uni<Tokens> enter(SqlConnection tx, String phone, Locale locale) {
        return accounts.byPhone(tx, phone)
                .flatMap(found -> found != null ? Uni.createFrom().item(found) : create(tx, phone, locale))
                .call(account -> audit.record(
                        tx,
                        AuditEntry.allowed(
                                "CITIZEN",
                                account.id().toString(),
                                "login",
                                account.person(),
                                account.id().toString())))
                .flatMap(account ->
                        sessions.open(tx, SessionKind.CITIZEN, account.id().toString(), CHANNEL));
    }

    private Uni<Account> create(SqlConnection tx, String phone, Locale locale) {
        String language = locale.getLanguage().equals("en") ? "en" : "zh-CN";
        return accounts.create(tx, Ids.next(), phone, language).call(account -> news.changed(tx, account));
    }
}
