package cn.kangka.empi.traffic;

import ca.uhn.hl7v2.model.AbstractSegment;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.v25.message.ACK;
import ca.uhn.hl7v2.parser.DefaultModelClassFactory;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Names of fields as HL7 v2.5 has them, and which fields hold codes and times of the message rather than a person's data. */
final class Hl7Names {
    private static final String PACKAGE = "ca.uhn.hl7v2.model.v25.segment.";
    /** Segments of the exchange itself. */
    private static final Set<String> OPEN_SEGMENTS =
            Set.of("MSH", "EVN", "MSA", "ERR", "QAK", "RCP", "DSC", "ZTR", "SFT");
    /** Codes of tables, and numbers of segments. */
    private static final Set<String> OPEN_TYPES = Set.of("ID", "IS", "SI");

    private static final Map<String, Optional<Definition>> DEFINITIONS = new ConcurrentHashMap<>();

    private Hl7Names() {}

    private record Definition(List<String> names, List<String> types) {}

    /** The name of a field; null when HL7 v2.5 has none. */
    static String name(String segment, int field) {
        return definition(segment)
                .filter(known -> field <= known.names().size())
                .map(known -> known.names().get(field - 1))
                .orElse(null);
    }

    /** Whether a field's values are shown to everybody who may see the message log. */
    static boolean isOpen(String segment, int field) {
        return OPEN_SEGMENTS.contains(segment)
                || definition(segment)
                        .filter(known -> field <= known.types().size())
                        .filter(known -> OPEN_TYPES.contains(known.types().get(field - 1)))
                        .isPresent();
    }

    private static Optional<Definition> definition(String segment) {
        return DEFINITIONS.computeIfAbsent(segment, Hl7Names::read);
    }

    private static Optional<Definition> read(String segment) {
        try {
            Constructor<?> constructor = Class.forName(PACKAGE + segment)
                    .getConstructor(ca.uhn.hl7v2.model.Group.class, ca.uhn.hl7v2.parser.ModelClassFactory.class);
            DefaultModelClassFactory factory = new DefaultModelClassFactory();
            Segment known = (Segment) constructor.newInstance(new ACK(factory), factory);
            List<String> names = List.of(((AbstractSegment) known).getNames());
            List<String> types = new java.util.ArrayList<>();
            for (int field = 1; field <= names.size(); field++) {
                types.add(known.getField(field, 0).getName());
            }
            return Optional.of(new Definition(names, types));
        } catch (ReflectiveOperationException | ca.uhn.hl7v2.HL7Exception e) {
            return Optional.empty(); // A segment of somebody's own, or of a later version.
        }
    }
}
