package cn.kangka.api.draw;

import static java.nio.charset.StandardCharsets.US_ASCII;

import cn.kangka.api.appointment.Allotment;
import cn.kangka.api.appointment.Allotment.Judged;
import cn.kangka.api.draw.DrawEntryStore.Turn;
import cn.kangka.api.draw.DrawPolicy.Window;
import cn.kangka.api.draw.DrawStore.Undrawn;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Takes draws through their states: opened under a commitment, closed, drawn, given unit by unit, ended. Each step is one
 * transaction that finds out by itself whether it is due, so a process may end anywhere and another goes on, with the same
 * result: the order is fixed by the seed of the opening and the list of the closing.
 */
@ApplicationScoped
class Drawing {
    private static final Logger LOG = Logger.getLogger(Drawing.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SEED_BYTES = 32;
    private static final int AT_ONCE = 100;
    private static final String BOOKED = "draw.booked";
    private static final String UNKNOWN = "draw.person-unknown";

    private final Database database;
    private final DrawStore draws;
    private final DrawEntryStore entries;
    private final Allotment allotment;
    private final Clock clock;

    Drawing(Database database, DrawStore draws, DrawEntryStore entries, Allotment allotment, Clock clock) {
        this.database = database;
        this.draws = draws;
        this.entries = entries;
        this.allotment = allotment;
        this.clock = clock;
    }

    /** Everything that is due now. */
    Uni<Void> run() {
        return open(null)
                .chain(() -> draws.due(database.pool(), now()))
                .chain(due -> oneByOne(due, draw -> advance(draw.id())));
    }

    /**
     * Opens the draws of released sessions.
     *
     * @param session only of this one; null for all
     */
    Uni<Void> open(UUID session) {
        return draws.undrawn(database.pool(), now(), session, AT_ONCE).chain(all -> oneByOne(all, this::openOne));
    }

    private Uni<Void> openOne(Undrawn session) {
        Optional<Window> window =
                DrawPolicy.of(session.rules(), clock.getZone()).window(session.release(), session.cancelUntil(), now());
        String seed = seed();
        return database.write(tx -> window.isPresent()
                ? draws.open(tx, session.session(), window.get(), hash(seed), seed)
                : draws.noDraw(tx, session.session()));
    }

    /** What is wrong with one draw is no other's trouble; it is tried again in the next round. */
    private static <T> Uni<Void> oneByOne(Iterable<T> all, Function<T, Uni<Void>> work) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUniAndConcatenate(each -> work.apply(each)
                        .onFailure()
                        .invoke(failure -> LOG.errorf(failure, "a draw cannot go on: %s", each))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> advance(UUID draw) {
        return close(draw).chain(() -> rank(draw)).chain(() -> giveAll(draw));
    }

    Uni<Void> close(UUID draw) {
        return database.write(tx -> draws.close(tx, draw, now()));
    }

    Uni<Void> rank(UUID draw) {
        return database.write(tx -> draws.rank(tx, draw, now()));
    }

    private Uni<Void> giveAll(UUID draw) {
        return database.writeWhile(tx -> give(tx, draw)).invoke(allotment::wake);
    }

    /** Gives the next unit, or passes somebody over, or ends the draw; whether there is more to do. */
    Uni<Boolean> give(SqlConnection tx, UUID draw) {
        return draws.alone(tx, draw)
                .chain(alone -> alone
                        ? entries.next(tx, draw).chain(turn -> turn == null ? end(tx, draw) : give(tx, turn))
                        : Uni.createFrom().item(false));
    }

    private Uni<Boolean> give(SqlConnection tx, Turn turn) {
        if (turn.over()) {
            return entries.over(tx, turn).replaceWith(true);
        }
        return judged(tx, turn).chain(judged -> entries.stands(tx, turn)
                .chain(stands -> stands
                        ? stopping(tx, turn, judged).chain(rule -> rule == null ? book(tx, turn) : pass(tx, turn, rule))
                        : Uni.createFrom().item(true))); // Merged or stopped meanwhile: look again.
    }

    /** Null for a person whom nobody knows any more: that must not stop everybody else's draw. */
    private Uni<Judged> judged(SqlConnection tx, Turn turn) {
        return allotment
                .judge(tx, turn.slot(), turn.person())
                .onFailure(HttpProblem.class)
                .recoverWithNull();
    }

    /** The rule that forbids the person to book; null when none does. */
    private Uni<String> stopping(SqlConnection tx, Turn turn, Judged judged) {
        if (judged == null || judged.rule() != null) {
            return Uni.createFrom().item(judged == null ? UNKNOWN : judged.rule());
        }
        return entries.booked(tx, turn).map(booked -> booked ? BOOKED : null);
    }

    private Uni<Boolean> pass(SqlConnection tx, Turn turn, String rule) {
        return entries.passed(tx, turn, rule, now()).replaceWith(true);
    }

    private Uni<Boolean> book(SqlConnection tx, Turn turn) {
        UUID hold = Ids.next();
        UUID appointment = Ids.next();
        return draws.unit(tx, hold, turn, now())
                .chain(slot -> slot == null
                        ? end(tx, turn.draw())
                        : allotment
                                .book(tx, appointment, turn.person(), slot, hold, turn.by())
                                .chain(() -> entries.won(tx, turn, appointment, now()))
                                .replaceWith(true));
    }

    /** Does nothing unless the draw is drawn: it is not time yet, or the clinic was stopped. */
    private Uni<Boolean> end(SqlConnection tx, UUID draw) {
        return draws.end(tx, draw, now()).replaceWith(false);
    }

    /** Tells the public, now and then, how many have entered. */
    Uni<Void> count() {
        return draws.count(database.pool());
    }

    private OffsetDateTime now() {
        return OffsetDateTime.now(clock);
    }

    private static String seed() {
        byte[] seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        return HexFormat.of().formatHex(seed);
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
