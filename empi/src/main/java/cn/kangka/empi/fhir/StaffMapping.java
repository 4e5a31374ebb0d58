package cn.kangka.empi.fhir;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MFN^M02: one Practitioner per STF, and a PractitionerRole where STF-8 or ORG-2 names a department.
 */
final class StaffMapping {
    private StaffMapping() {}

    private record Member(Segment entry, Segment staff, List<Segment> details) {
        Optional<Segment> first(String name) {
            return details.stream().filter(each -> each.name().equals(name)).findFirst();
        }
    }

    /** @param written RFC 3339 time of the message */
    static List<ObjectNode> resources(Hl7Message message, String source, String written) {
        List<ObjectNode> resources = new ArrayList<>();
        for (Member member : members(message)) {
            String id = id(member);
            if (!id.isBlank()) {
                resources.add(practitioner(member, id, source, written));
                role(member, id, source, written).ifPresent(resources::add);
            }
        }
        return resources;
    }

    private static List<Member> members(Hl7Message message) {
        List<Member> members = new ArrayList<>();
        Segment entry = null;
        for (Segment segment : message.segments()) {
            if (segment.name().equals("MFE")) {
                entry = segment;
            } else if (segment.name().equals("STF")) {
                members.add(new Member(entry, segment, new ArrayList<>()));
            } else if (!members.isEmpty()) {
                members.get(members.size() - 1).details().add(segment);
            }
        }
        return members;
    }

    /** STF-1 (primary key), else the first of STF-2, else MFE-4. */
    private static String id(Member member) {
        return Stream.of(
                        member.staff().value(1),
                        member.staff().value(2),
                        member.entry() == null ? "" : member.entry().value(4))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElse("");
    }

    private static ObjectNode practitioner(Member member, String id, String source, String written) {
        ObjectNode practitioner = Nodes.resource("Practitioner", "urn:kangka:practitioner:" + source, id, written);
        practitioner.put("active", active(member));
        practitioner
                .putArray("name")
                .addObject()
                .put("text", PersonNames.ofPerson(member.staff().repetition(3, 1)));
        String title = title(member);
        if (!title.isBlank()) {
            practitioner.putArray("qualification").addObject().set("code", Nodes.text(title));
        }
        return practitioner;
    }

    /** STF-18 (job title), else PRA-3 (practitioner category), else STF-19. */
    private static String title(Member member) {
        return Stream.of(
                        member.staff().text(18),
                        member.first("PRA")
                                .map(detail -> Codes.display(detail.repetition(3, 1)))
                                .orElse(""),
                        Codes.display(member.staff().repetition(19, 1)))
                .filter(text -> !text.isBlank())
                .findFirst()
                .orElse("");
    }

    /** MFE-1 MDL, MDC (delete, deactivate), or STF-7 I. */
    private static boolean active(Member member) {
        String event = member.entry() == null ? "" : member.entry().value(1);
        return !event.equals("MDL")
                && !event.equals("MDC")
                && !member.staff().value(7).equals("I");
    }

    private static Optional<ObjectNode> role(Member member, String id, String source, String written) {
        return department(member).map(department -> {
            ObjectNode role = Nodes.resource(
                    "PractitionerRole", "urn:kangka:role:" + source, id + "/" + department.component(1), written);
            role.put("active", active(member));
            role.set("practitioner", Nodes.identified("urn:kangka:practitioner:" + source, id));
            role.set("organization", Nodes.identified("urn:kangka:organization", source));
            role.putArray("healthcareService")
                    .add(Nodes.identified("urn:kangka:department:" + source, department.component(1)));
            specialty(member).ifPresent(text -> role.putArray("specialty").add(Nodes.text(text)));
            return role;
        });
    }

    /** STF-8, else the unit of ORG-2. */
    private static Optional<Repetition> department(Member member) {
        return Stream.of(
                        Optional.of(member.staff().repetition(8, 1)),
                        member.first("ORG").map(unit -> unit.repetition(2, 1)))
                .flatMap(Optional::stream)
                .filter(unit -> !unit.component(1).isBlank())
                .findFirst();
    }

    /** PRA-5.1, what the practitioner is good at. */
    private static Optional<String> specialty(Member member) {
        return member.first("PRA").map(detail -> detail.value(5)).filter(text -> !text.isBlank());
    }
}
