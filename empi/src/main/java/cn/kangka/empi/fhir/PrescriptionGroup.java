package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One ORC of a pharmacy message with the segments that follow it. */
record PrescriptionGroup(Segment order, List<Segment> segments) {

    static List<PrescriptionGroup> of(Hl7Message message) {
        List<PrescriptionGroup> groups = new ArrayList<>();
        for (Segment segment : message.segments()) {
            if (segment.name().equals("ORC")) {
                groups.add(new PrescriptionGroup(segment, new ArrayList<>()));
            } else if (!groups.isEmpty()) {
                groups.get(groups.size() - 1).segments().add(segment);
            }
        }
        return groups;
    }

    Optional<Segment> first(String name) {
        return segments.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** A field of the first segment of that name; empty without one. */
    String value(String name, int field) {
        return first(name).map(segment -> segment.value(field)).orElse("");
    }
}
