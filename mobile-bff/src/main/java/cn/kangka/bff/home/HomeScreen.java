package cn.kangka.bff.home;

import cn.kangka.kit.problem.ProblemTexts;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/** Puts a home screen together from what its owners answer to the citizen's own token. */
@ApplicationScoped
class HomeScreen {
    private static final Logger LOG = Logger.getLogger(HomeScreen.class);
    private static final Summary NO_SUMMARY = new Summary(null, null, null, null, null, null);
    private static final Cards NO_CARDS = new Cards(List.of());
    private static final Unread NO_COUNT = new Unread(null);

    private final ApiClient api;
    private final NotificationClient notification;

    HomeScreen(@RestClient ApiClient api, @RestClient NotificationClient notification) {
        this.api = api;
        this.notification = notification;
    }

    /**
     * Asks each owner once, as nobody, and is refused: loading the clients' classes takes longer than a part may take, and
     * the first citizen must not pay for it. Until an owner is there it is asked again, for two minutes.
     */
    void warmUp(@Observes StartupEvent event) {
        String nobody = "Bearer nobody";
        Uni.join()
                .all(
                        asked(Uni.createFrom().deferred(() -> api.summary(nobody, "zh-CN"))),
                        asked(Uni.createFrom().deferred(() -> api.cards(nobody, "zh-CN"))),
                        asked(Uni.createFrom().deferred(() -> notification.unread(nobody))))
                .andCollectFailures()
                .subscribe()
                .with(
                        refused -> LOG.debug("the owners of the home screen's parts were asked"),
                        failure -> LOG.infof("an owner of a part was not there to be asked: %s", failure.getMessage()));
    }

    private static <T> Uni<Void> asked(Uni<T> call) {
        return call.replaceWithVoid()
                .onFailure(PartRefused.class)
                .recoverWithNull()
                .onFailure()
                .retry()
                .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(5))
                .atMost(30);
    }

    /**
     * The screen of one account.
     *
     * @param account from the verified token
     * @param level the token's, shown when api cannot say better
     * @param token the token itself
     */
    Uni<Home> of(UUID account, int level, String token) {
        String bearer = "Bearer " + token;
        String language = ProblemTexts.locale().toLanguageTag();
        return Uni.combine()
                .all()
                .unis(
                        Part.of(api.summary(bearer, language)),
                        Part.of(api.cards(bearer, language)),
                        Part.of(notification.unread(bearer)))
                .with((summary, cards, unread) -> home(account, level, mine(account, summary), cards, unread));
    }

    /** An answer that names another account is a fault somewhere: it is never shown. */
    private static Part<Summary> mine(UUID account, Part<Summary> summary) {
        boolean foreign = summary.value() != null
                && summary.value().account() != null
                && !account.equals(summary.value().account());
        return foreign ? new Part<>(null, true) : summary;
    }

    private static Home home(UUID account, int level, Part<Summary> summary, Part<Cards> cards, Part<Unread> unread) {
        Summary said = summary.value() == null ? NO_SUMMARY : summary.value();
        return new Home(
                account,
                said.name(),
                said.level() == null ? Integer.valueOf(level) : said.level(),
                (cards.value() == null ? NO_CARDS : cards.value()).regional(),
                said.nextAppointment(),
                said.newestReport(),
                said.alerts(),
                (unread.value() == null ? NO_COUNT : unread.value()).count(),
                Stream.of(
                                summary.failed() ? "summary" : null,
                                cards.failed() ? "cards" : null,
                                unread.failed() ? "unread" : null)
                        .filter(name -> name != null)
                        .toList());
    }
}
