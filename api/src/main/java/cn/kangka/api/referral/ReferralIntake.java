package cn.kangka.api.referral;

import cn.kangka.api.person.Persons;
import cn.kangka.api.platform.NotYet;
import cn.kangka.api.record.ClinicalPart;
import cn.kangka.api.referral.ReferralPolicy.Act;
import cn.kangka.api.referral.ReferralPolicy.Side;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.id.Ids;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Takes in referrals that institutions tell by HL7: each number once; a revoked one cancels what it made. */
@ApplicationScoped
class ReferralIntake implements ClinicalPart {
    private static final Logger LOG = Logger.getLogger(ReferralIntake.class);
    private static final String PARTIES = """
            select (select person from identity where id = $1) as person, t.id as receiver, t.kind as receiver_kind,
                f.kind as sender_kind
            from hospital f left join hospital t on t.known and t.id <> f.id
                and (t.id = $3 or t.name = $3 or $3 = any(t.aliases))
            where f.id = $2 limit 1
            """;

    private final Persons persons;
    private final ReferralChangeStore store;
    private final ReferralMoves moves;
    private final ReferralNews news;
    private final Audit audit;
    private final Clock clock;

    ReferralIntake(
            Persons persons,
            ReferralChangeStore store,
            ReferralMoves moves,
            ReferralNews news,
            Audit audit,
            Clock clock) {
        this.persons = persons;
        this.store = store;
        this.moves = moves;
        this.news = news;
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Uni<Void> take(SqlConnection tx, UUID identity, String source, JsonNode bundle) {
        Uni<Void> taken = Uni.createFrom().voidItem();
        for (ReferralReader.Told told : ReferralReader.read(source, bundle)) {
            taken = taken.chain(() -> store.byNumber(tx, source, told.number()))
                    .chain(known -> known == null
                            ? told.revoked() ? Uni.createFrom().voidItem() : add(tx, identity, source, told)
                            : told.revoked()
                                    ? cancel(tx, known, source)
                                    : Uni.createFrom().voidItem());
        }
        return taken;
    }

    private Uni<Void> add(SqlConnection tx, UUID identity, String source, ReferralReader.Told told) {
        return tx.preparedQuery(PARTIES)
                .execute(Tuple.of(identity, source, told.to()))
                .map(rows -> ReferralStore.first(rows, row -> row))
                .chain(row -> {
                    if (row == null
                            || row.getString("receiver") == null
                            || told.reason().text().isBlank()) {
                        LOG.infof(
                                "a referral of %s names no institution of the region, or no reason: not shown", source);
                        return Uni.createFrom().voidItem();
                    }
                    if (row.getUUID("person") == null) {
                        throw new NotYet("whose identity it is");
                    }
                    boolean down = row.getString("receiver_kind").equals("CENTRE")
                            && row.getString("sender_kind").equals("HOSPITAL");
                    return persons.currentLocked(tx, row.getUUID("person"))
                            .chain(person -> add(tx, person, source, row.getString("receiver"), down, told));
                });
    }

    private Uni<Void> add(
            SqlConnection tx, UUID person, String source, String receiver, boolean down, ReferralReader.Told told) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        UUID id = Ids.at(now.toInstant().toEpochMilli());
        ReferralRequest request = new ReferralRequest(
                source,
                receiver,
                null,
                null,
                person,
                null,
                down ? ReferralRequest.Direction.DOWN : ReferralRequest.Direction.UP,
                told.urgency(),
                told.reason().text(),
                told.reason().code(),
                List.of(),
                false,
                null,
                told.from(),
                told.until());
        Referral referral = new Referral(id, person, source, receiver, ReferralStatus.REQUESTED, Consent.NONE, null);
        return store.add(
                        tx,
                        new ReferralChangeStore.New(
                                id,
                                person,
                                source,
                                request,
                                ReferralStatus.REQUESTED,
                                Consent.NONE,
                                null,
                                told.number(),
                                "HOSPITAL",
                                source,
                                now,
                                moves.expiry()))
                .chain(() -> store.step(tx, id, ReferralStatus.REQUESTED, Side.SENDER.name(), source, now))
                .chain(() -> audit.record(
                        tx, AuditEntry.allowed("HOSPITAL", source, "referral.make", person, id.toString())))
                .chain(() -> news.made(tx, referral));
    }

    /** Too late when the person was there: it stays as it is. */
    private Uni<Void> cancel(SqlConnection tx, UUID id, String source) {
        return moves.lock(tx, id)
                .chain(referral -> ReferralPolicy.decide(referral.status(), Act.CANCEL, Set.of(Side.SENDER))
                                == ReferralPolicy.Verdict.MOVE
                        ? moves.move(
                                        tx,
                                        referral,
                                        Act.CANCEL,
                                        referral.appointment(),
                                        null,
                                        new ReferralMoves.By("HOSPITAL", source, Side.SENDER.name()))
                                .onFailure(HttpProblem.class)
                                .recoverWithNull()
                        : Uni.createFrom().voidItem());
    }
}
