package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.linking.ChartPairs.Pair;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * ADT events by which a source joins or parts its own charts: A18, A34, A36, A40 merge two, A46 and A47 renumber one,
 * A24 links two, A37 unlinks them, A43 moves one to another patient. Only within the sender's own domain.
 */
@ApplicationScoped
class ChartEvents implements MessageHandler {
    private static final Set<String> MERGES = Set.of("A18", "A34", "A36", "A40", "A46", "A47");
    private static final Set<String> LINKS = Set.of("A24", "A43");
    private static final String UNLINK = "A37";

    private final PatientReader reader;
    private final Linking linking;
    private final Charts charts;

    ChartEvents(PatientReader reader, Linking linking, Charts charts) {
        this.reader = reader;
        this.linking = linking;
        this.charts = charts;
    }

    @Override
    public boolean handles(String code, String trigger) {
        return "ADT".equals(code) && (MERGES.contains(trigger) || LINKS.contains(trigger) || UNLINK.equals(trigger));
    }

    @Override
    public int order() {
        return LINKING;
    }

    @Override
    public Uni<HandlerOutcome> handle(SqlConnection tx, Received message) {
        return Uni.createFrom().item(() -> pairs(message)).chain(pairs -> {
            Uni<Linked> all = Uni.createFrom().nullItem();
            for (Pair pair : pairs) {
                all = all.chain(() -> handle(tx, message, pair));
            }
            return all.map(linked -> new HandlerOutcome.Accepted(linked.identity(), linked.person()));
        });
    }

    private static List<Pair> pairs(Received message) {
        String trigger = message.message().trigger();
        return "A24".equals(trigger) || UNLINK.equals(trigger)
                ? ChartPairs.twoPatients(message.message())
                : ChartPairs.merges(message.message());
    }

    private Uni<Linked> handle(SqlConnection tx, Received message, Pair pair) {
        Source source = message.source();
        Told told = reader.read(source, pair.pid(), pair.sequence());
        String other = reader.localId(source, pair.other(), pair.location(), new HashSet<>());
        String trigger = message.message().trigger();
        if (told.localId().equals(other)) {
            throw new LinkingRefusedException(Hl7Refusal.error(
                    Hl7Refusal.DUPLICATE_KEY, pair.location() + "^1^1", "both patients are the same one"));
        }
        return linking.lockCharts(tx, source, List.of(told.localId(), other))
                .chain(() -> linking.register(tx, source, told, message.at(), false))
                .chain(first -> linking.chart(tx, source, other)
                        .chain(second -> second == null && MERGES.contains(trigger)
                                ? linking.register(tx, source, unknown(other), message.at(), true)
                                        .chain(() -> linking.chart(tx, source, other))
                                : Uni.createFrom().item(second))
                        .chain(second -> act(tx, trigger, first, required(second, pair))));
    }

    private Uni<Linked> act(SqlConnection tx, String trigger, Linked first, Identity second) {
        if (MERGES.contains(trigger)) {
            return charts.merge(tx, trigger, first, second);
        }
        return UNLINK.equals(trigger)
                ? charts.unlink(tx, trigger, first, second)
                : charts.link(tx, trigger, first, second);
    }

    private static Identity required(Identity second, Pair pair) {
        if (second == null) {
            throw new LinkingRefusedException(Hl7Refusal.error(
                    Hl7Refusal.UNKNOWN_KEY, pair.location() + "^1^1", "the patient is not known here"));
        }
        return second;
    }

    private static Told unknown(String localId) {
        return new Told(localId, PatientDemographics.unknown(), Set.of(), null);
    }
}
