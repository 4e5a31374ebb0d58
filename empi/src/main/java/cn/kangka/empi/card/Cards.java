package cn.kangka.empi.card;

import cn.kangka.empi.hospital.HospitalPost;
import cn.kangka.empi.person.Persons;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Front door of cards: what a person holds, applying, reporting a loss, lifting it, freezing. */
@ApplicationScoped
public class Cards {
    private final Database database;
    private final CardStore store;
    private final CardUseStore uses;
    private final CardLife life;
    private final Persons persons;
    private final HospitalPost post;

    public Cards(
            Database database, CardStore store, CardUseStore uses, CardLife life, Persons persons, HospitalPost post) {
        this.database = database;
        this.store = store;
        this.uses = uses;
        this.life = life;
        this.persons = persons;
        this.post = post;
    }

    /** What an application gave: the card, and whether it is a new one. */
    public record Applied(CardView card, boolean fresh) {}

    /** The person's cards, oldest first; a merged-away id gives those of the person it leads to. */
    public Uni<List<CardView>> of(UUID person) {
        return database.read(client -> current(client, person).chain(id -> store.ofPerson(client, id)
                .map(cards -> cards.stream().map(CardView::of).toList())
                .chain(views -> views.stream().anyMatch(CardView::isStopped)
                        ? post.untold(client, id).map(untold -> marked(views, untold))
                        : Uni.createFrom().item(views))));
    }

    private static List<CardView> marked(List<CardView> views, List<String> untold) {
        return views.stream()
                .map(view -> view.isStopped() ? view.with(untold) : view)
                .toList();
    }

    /** Uses of all cards of the person, newest first. */
    public Uni<Page<CardUse>> usesOf(UUID person, int limit, Cursor after) {
        return database.read(client -> current(client, person)
                .chain(id -> uses.page(client, id, limit + 1, after))
                .map(rows -> Page.of(rows, limit, use -> new Cursor(use.at().toInstant(), use.id()))));
    }

    /** The regional card that the person has; a new one when there is none, or when that one is lost. */
    public Uni<Applied> apply(UUID person, String channel) {
        return database.write(tx -> persons.hold(tx, person).chain(id -> store.lockOfPersons(tx, id)
                        .chain(cards -> apply(tx, id, cards, Act.holder(channel, "applied for")))))
                .invoke(post::wake);
    }

    private Uni<Applied> apply(SqlConnection tx, UUID person, List<Card> cards, Act act) {
        Card present = cards.stream().filter(Card::isOpenRegional).findFirst().orElse(null);
        if (present == null) {
            return life.issueRegional(tx, person, act)
                    .chain(fresh -> fresh == null
                            ? store.ofPerson(tx, person).map(now -> present(now))
                            : Uni.createFrom().item(new Applied(CardView.of(fresh), true)));
        }
        return present.status() == CardStatus.LOST
                ? life.replace(tx, present, CardChange.REPLACE, act).map(fresh -> new Applied(CardView.of(fresh), true))
                : Uni.createFrom().item(new Applied(CardView.of(present), false));
    }

    /** Somebody else's application came first. */
    private static Applied present(List<Card> cards) {
        return cards.stream()
                .filter(Card::isOpenRegional)
                .findFirst()
                .map(card -> new Applied(CardView.of(card), false))
                .orElseThrow(Problems::notFound);
    }

    /** Reported lost by its holder: refused everywhere from the commit on. A second report changes nothing. */
    public Uni<CardView> reportLost(UUID card, UUID person, String channel) {
        return change(card, person, CardChange.REPORT_LOST, Act.holder(channel, "reported lost"));
    }

    /** The holder found it again. */
    public Uni<CardView> liftLoss(UUID card, UUID person, String channel) {
        return change(card, person, CardChange.LIFT_LOSS, Act.holder(channel, "found again"));
    }

    /** Freezes or thaws a card by a registrar's decision. */
    public Uni<CardView> decide(UUID card, UUID person, CardChange change, String by, String reason) {
        return change(card, person, change, new Act(by, "registrar", reason));
    }

    private Uni<CardView> change(UUID card, UUID person, CardChange change, Act act) {
        return database.write(tx -> owned(tx, card, person)
                        .chain(found -> found.status() == change.after()
                                ? Uni.createFrom().item(found)
                                : life.change(tx, found, change, act)))
                .invoke(post::wake)
                .map(CardView::of);
    }

    private Uni<Card> owned(SqlConnection tx, UUID card, UUID person) {
        return persons.hold(tx, person)
                .chain(id -> store.lock(tx, card)
                        .onItem()
                        .transform(found -> found != null && found.person().equals(id) ? found : null))
                .onItem()
                .ifNull()
                .failWith(Problems::notFound);
    }

    private Uni<UUID> current(SqlClient client, UUID person) {
        return persons.current(client, person).onItem().ifNull().failWith(Problems::notFound);
    }
}
