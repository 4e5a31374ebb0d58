package cn.kangka.empi.traffic;

import cn.kangka.empi.hospital.MessageState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Which messages; null or empty means all.
 *
 * @param direction IN or OUT
 * @param source the institution's id
 * @param code such as ADT
 * @param trigger such as A08; only together with a code
 * @param control MSH-10
 * @param from the first instant
 * @param until the first instant that is too late
 */
record MessageFilter(
        String direction,
        String source,
        String code,
        String trigger,
        Set<MessageState> states,
        UUID person,
        String control,
        Instant from,
        Instant until) {
    private static final Set<MessageState> USUAL = Set.of(MessageState.ACCEPTED, MessageState.DELIVERED);
    private static final int MILLIS_SHIFT = 16;

    MessageFilter {
        states = Set.copyOf(states);
    }

    /** A condition in SQL with its values; each condition is one that an index knows. */
    record Condition(String sql, List<Object> values) {}

    /**
     * The condition.
     *
     * @param before only older ones than this; null for all
     */
    Condition condition(UUID before) {
        Writing writing = new Writing();
        writing.when("direction = $", direction);
        writing.when("source = $", source);
        writing.when("code = $", code);
        writing.when("trigger_event = $", trigger);
        writing.when("person = $", person);
        writing.when("control_id = $", control);
        // Ids are times (UUIDv7), so that months that are not meant are not read.
        writing.when("id >= $", from == null ? null : least(from));
        writing.when("id < $", until == null ? null : least(until));
        writing.when("id < $", before);
        if (!states.isEmpty()) {
            writing.when(
                    "state = any($)", states.stream().map(Enum::name).sorted().toArray(String[]::new));
            if (Collections.disjoint(states, USUAL)) {
                writing.parts.add("state not in ('ACCEPTED', 'DELIVERED')");
            }
        }
        return new Condition(writing.parts.isEmpty() ? "true" : String.join(" and ", writing.parts), writing.values);
    }

    private static UUID least(Instant at) {
        return new UUID(at.toEpochMilli() << MILLIS_SHIFT, 0);
    }

    private static final class Writing {
        private final List<String> parts = new ArrayList<>();
        private final List<Object> values = new ArrayList<>();

        private void when(String sql, Object value) {
            if (value != null) {
                values.add(value);
                parts.add(sql.replace("$", "$" + values.size()));
            }
        }
    }
}
