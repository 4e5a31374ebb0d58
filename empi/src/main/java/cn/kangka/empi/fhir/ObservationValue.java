package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** OBX-5 by the type that OBX-2 names: a quantity where it is a number, else the text that people read. */
final class ObservationValue {
    /** No exponents: a number that no laboratory writes must not become a giant one. */
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d{1,15}(?:\\.\\d{1,15})?");

    private static final Set<String> COMPARATORS = Set.of("<", "<=", ">", ">=");

    private ObservationValue() {}

    /** @return false when there is no value that can be shown */
    static boolean put(ObjectNode observation, Segment result, String source) {
        List<Repetition> values = result.repetitions(5).stream()
                .filter(each -> !each.isEmpty() && !each.deletes())
                .toList();
        if (values.isEmpty()) {
            return false;
        }
        return switch (result.value(2)) {
            case "NM" -> number(observation, values, result, source);
            case "SN" -> structured(observation, values, result, source);
            case "CE", "CWE", "CNE", "CF" -> text(observation, values, Codes::display);
            case "TS", "DTM", "DT" -> text(observation, values, ObservationValue::time);
            case "ED", "RP" -> false;
            default -> text(observation, values, each -> FormattedText.plain(each.text()));
        };
    }

    private static boolean number(ObjectNode observation, List<Repetition> values, Segment result, String source) {
        BigDecimal number = values.size() == 1 ? decimal(values.get(0).component(1)) : null;
        return number == null
                ? text(observation, values, each -> each.component(1))
                : quantity(observation, null, number, result, source);
    }

    /** SN is comparator^number^separator^number; only the first two make a quantity. */
    private static boolean structured(ObjectNode observation, List<Repetition> values, Segment result, String source) {
        Repetition value = values.get(0);
        String comparator = value.component(1);
        BigDecimal number = decimal(value.component(2));
        boolean quantity = number != null
                && value.component(3).isEmpty()
                && (comparator.isEmpty() || comparator.equals("=") || COMPARATORS.contains(comparator));
        return quantity
                ? quantity(observation, COMPARATORS.contains(comparator) ? comparator : null, number, result, source)
                : text(
                        observation,
                        values,
                        each -> each.component(1) + each.component(2) + each.component(3) + each.component(4));
    }

    private static boolean quantity(
            ObjectNode observation, String comparator, BigDecimal number, Segment result, String source) {
        ObjectNode quantity = observation.putObject("valueQuantity").put("value", number);
        Nodes.put(quantity, "comparator", comparator);
        Nodes.put(quantity, "unit", result.value(6, 2).isBlank() ? result.value(6) : result.value(6, 2));
        if (!result.value(6).isBlank()) {
            Nodes.put(quantity, "system", Codes.system(result.value(6, 3), source));
            Nodes.put(quantity, "code", result.value(6));
        }
        return true;
    }

    private static boolean text(ObjectNode observation, List<Repetition> values, Function<Repetition, String> form) {
        String text = values.stream().map(form).filter(each -> !each.isBlank()).collect(Collectors.joining("\n"));
        Nodes.put(observation, "valueString", text);
        return !text.isBlank();
    }

    private static String time(Repetition value) {
        String time = Hl7Time.dateTime(value.component(1));
        return time == null ? value.component(1) : time;
    }

    /** The number that a text is; null when it is none. */
    static BigDecimal decimal(String value) {
        return DECIMAL.matcher(value).matches() ? new BigDecimal(value) : null;
    }
}
