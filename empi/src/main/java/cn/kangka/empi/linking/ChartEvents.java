package cn.kangka.empi.linking;

import cn.kangka.empi.hospital.HandlerOutcome;
import cn.kangka.empi.hospital.MessageHandler;
import cn.kangka.empi.hospital.Received;
import cn.kangka.empi.hospital.Source;
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
    private final Charts charts;

    ChartEvents(PatientReader reader, Charts charts) {
        this.reader = reader;
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
            for (Charts.Pair pair : pairs) {
                all = all.chain(() -> charts.act(tx, message.source(), pair, message.at()));
            }
            return all.map(linked -> new HandlerOutcome.Accepted(linked.identity(), linked.person()));
        });
    }

    private List<Charts.Pair> pairs(Received message) {
        String trigger = message.message().trigger();
        List<ChartPairs.Pair> pairs = "A24".equals(trigger) || UNLINK.equals(trigger)
                ? ChartPairs.twoPatients(message.message())
                : ChartPairs.merges(message.message());
        return pairs.stream().map(pair -> read(message.source(), trigger, pair)).toList();
    }

    private Charts.Pair read(Source source, String trigger, ChartPairs.Pair pair) {
        Told first = reader.read(source, pair.pid(), pair.sequence());
        String second = reader.localId(source, pair.other(), pair.location(), new HashSet<>());
        return new Charts.Pair(act(trigger), "ADT^" + trigger, first, false, second, pair.location());
    }

    private static Charts.Act act(String trigger) {
        if (MERGES.contains(trigger)) {
            return Charts.Act.MERGE;
        }
        return UNLINK.equals(trigger) ? Charts.Act.UNLINK : Charts.Act.LINK;
    }
}
