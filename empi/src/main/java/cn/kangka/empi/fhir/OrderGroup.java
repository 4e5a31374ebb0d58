package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * One order of a result message: an OBR with what belongs to it.
 *
 * @param commonOrder the ORC before the OBR; null when there is none
 * @param order the OBR
 * @param notes NTE of the order itself
 * @param observations OBX of the result; those of a specimen (after SPM) are left out
 */
record OrderGroup(Segment commonOrder, Segment order, List<Segment> notes, List<Segment> observations) {

    static List<OrderGroup> of(Hl7Message message) {
        List<OrderGroup> groups = new ArrayList<>();
        Segment common = null;
        OrderGroup open = null;
        boolean notesOfOrder = false;
        for (Segment segment : message.segments()) {
            switch (segment.name()) {
                case "ORC" -> {
                    common = segment;
                    open = null;
                }
                case "OBR" -> {
                    open = new OrderGroup(common, segment, new ArrayList<>(), new ArrayList<>());
                    groups.add(open);
                    common = null;
                    notesOfOrder = true;
                }
                case "OBX" -> {
                    notesOfOrder = false;
                    if (open != null) {
                        open.observations().add(segment);
                    }
                }
                case "NTE" -> {
                    if (open != null && notesOfOrder) {
                        open.notes().add(segment);
                    }
                }
                case "SPM" -> open = null;
                default -> {
                    // Other segments say nothing that the citizen's report shows.
                }
            }
        }
        return groups;
    }

    /** A field of the ORC; empty when there is none. */
    String common(int field) {
        return commonOrder == null ? "" : commonOrder.value(field);
    }
}
