package cn.kangka.api.account;

import cn.kangka.api.account.IdentityClient.Found;
import cn.kangka.api.account.IdentityClient.Question;
import cn.kangka.api.platform.Refusals;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.problem.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * Finds somebody else by name, document and a phone that a hospital recorded for them, and asks that phone. Wrong tries count
 * like those of one's own real name, so that nobody finds out about people by trying.
 */
@ApplicationScoped
public class Relatives {
    /** From this level on the phone is known to be recorded with the person. */
    private static final int RECORDED = 2;

    private final Database database;
    private final AccountStore accounts;
    private final IdentityTries tries;
    private final IdentityClient empi;
    private final LoginCodes codes;
    private final PhonePolicy phones;

    Relatives(
            Database database,
            AccountStore accounts,
            IdentityTries tries,
            @RestClient IdentityClient empi,
            LoginCodes codes,
            LoginConfig config) {
        this.database = database;
        this.accounts = accounts;
        this.tries = tries;
        this.empi = empi;
        this.codes = codes;
        this.phones = PhonePolicy.of(config.phonePattern());
    }

    /** The person, and whether the phone that is recorded with them is the asking account's own. */
    public record Relative(UUID person, boolean ownPhone) {}

    /** A phone in the spelling in which it is compared, counted and called; null for none, 422 for no mobile number. */
    public String phone(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String phone = phones.normal(text);
        if (phone == null) {
            throw Problems.invalid("phone", "phone.format");
        }
        return phone;
    }

    /**
     * The person whom name and document agree with, if a hospital recorded the phone with them. The try stays taken until
     * {@link #right}: what the caller refuses for another reason must not be told apart by what it costs.
     *
     * @param phone theirs, as {@link #phone} spells it; null for the asking account's own
     * @return fails with 422 {@code dependant-not-confirmed} whatever was wrong, 429 {@code identity-paused}, or 503 when the
     *     index does not answer (that try does not count)
     */
    public Uni<Relative> find(UUID account, String name, String idType, String idNumber, String phone) {
        return tries.take(database.pool(), account)
                .chain(() -> accounts.find(database.pool(), account))
                .chain(asking -> {
                    String asked = phone == null ? asking.phone() : phone;
                    return ask(account, new Question(name, idType, idNumber, asked))
                            .map(found -> found == null || found.level() < RECORDED
                                    ? null
                                    : new Relative(found.person(), asked.equals(asking.phone())));
                })
                .onItem()
                .ifNull()
                .failWith(() -> Problems.of(422, "dependant-not-confirmed"));
    }

    /** Nothing was wrong with what was asked last: it does not count as a try. */
    public Uni<Void> right(UUID account) {
        return tries.giveBack(database.pool(), account);
    }

    private Uni<Found> ask(UUID account, Question question) {
        Uni<Found> answer = empi.claim(question).onFailure(HttpProblem.class).recoverWithNull();
        return Refusals.orUnavailable("empi", answer).onFailure().call(() -> tries.giveBack(database.pool(), account));
    }

    /** Sends a code that is good for this wish only, once the transaction commits; 429 when the phone had too many. */
    public Uni<Void> sendCode(SqlConnection tx, String phone, UUID wish, Duration life) {
        return codes.send(tx, phone, purpose(wish), "dependant-code", life);
    }

    /** Uses the code up; whether it was right. A wrong one counts, which the caller's transaction must commit. */
    public Uni<Boolean> useCode(SqlConnection tx, String phone, UUID wish, String code) {
        return codes.use(tx, phone, purpose(wish), code);
    }

    private static String purpose(UUID wish) {
        return "DEPENDANT:" + wish;
    }
}
