package cn.kangka.empi.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.hl7.Hl7Message;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Fuzz target of the way from HL7 v2 to FHIR: every message is mapped to resources with an id. See {@code JazzerTest}. */
public final class MappingFuzz {
    private static final UUID SOMEBODY = new UUID(7, 7);

    private MappingFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (!(Hl7Message.read(new String(input, UTF_8)) instanceof Hl7Message message)) {
            return;
        }
        Clinical clinical = new Clinical("H001", "第一医院", SOMEBODY, message, "2026-11-01T08:00:00+08:00");
        List<ObjectNode> resources = new ArrayList<>(ReportMapping.resources(clinical));
        resources.addAll(MedicationMapping.resources(clinical));
        resources.addAll(OrderMapping.resources(clinical));
        resources.addAll(DispenseMapping.resources(clinical));
        resources.addAll(DocumentMapping.resources(clinical));
        resources.addAll(ReferralMapping.resources(clinical));
        resources.addAll(ScheduleMapping.resources(clinical));
        resources.addAll(AllergyMapping.resources(clinical));
        resources.addAll(StaffMapping.resources(message, "H001", clinical.written()));
        for (ObjectNode resource : resources) {
            if (resource.path("resourceType").asText().isEmpty()
                    || resource.path("id").asText().isEmpty()) {
                throw new IllegalStateException("a resource without type or id");
            }
        }
    }
}
