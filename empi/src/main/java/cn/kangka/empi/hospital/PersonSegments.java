package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.person.IdentityRef;
import cn.kangka.empi.person.PersonSnapshot;
import java.util.UUID;
import java.util.function.Function;

/**
 * PID and MRG of a person for one institution.
 *
 * @param to who is told
 * @param minimal whether it is told the minimum only ({@link DeliveryConfig#minimalScope})
 * @param region namespace of the regional id
 * @param authority the domain of a source's patient ids; null when it is unknown
 */
record PersonSegments(Source to, boolean minimal, String region, Function<String, Authority> authority) {
    private static final String REGIONAL_ID_TYPE = "PI";
    private static final String LOCAL_ID_TYPE = "MR";

    /** PID with the cross-referenced ids (ITI-10) and the golden record. */
    void pid(Hl7Builder message, PersonSnapshot person) {
        message.segment("PID").set(1, "1");
        regionalId(message, 3, person.id());
        person.identities().stream()
                .filter(identity -> !minimal || identity.source().equals(to.id()))
                .forEach(identity -> localId(message, identity));
        name(message, person);
        message.set(7, person.birth() == null ? null : person.birth().replace("-", ""));
        message.set(8, person.sex().hl7());
        if (!minimal) {
            contact(message, person);
        }
        if (person.deceased()) {
            message.set(30, "Y");
        }
    }

    /** PID that names a person by the regional id only, so that nobody merges charts of their own by it. */
    void regionalPid(Hl7Builder message, PersonSnapshot person) {
        message.segment("PID").set(1, "1");
        regionalId(message, 3, person.id());
        name(message, person);
    }

    /** MRG with the regional id that leads elsewhere from now on. */
    void mrg(Hl7Builder message, UUID retired) {
        message.segment("MRG");
        regionalId(message, 1, retired);
    }

    private void contact(Hl7Builder message, PersonSnapshot person) {
        for (Document document : person.documents()) {
            document(message, document);
        }
        if (person.address() != null) {
            message.set(11, person.address());
        }
        for (String phone : person.phones()) {
            message.add(13, phone, "PRN", "CP");
        }
    }

    /** A cited id carries its domain, an id document its type only. */
    private static void document(Hl7Builder message, Document document) {
        String[] parts = document.number().split("\\|", 2);
        boolean cited = document.type() == DocumentType.CITED_ID && parts.length == 2;
        message.add(
                3,
                cited ? parts[1] : document.number(),
                "",
                "",
                cited ? parts[0] : "",
                document.type().hl7());
    }

    private void regionalId(Hl7Builder message, int field, UUID person) {
        message.add(field, person.toString(), "", "", region, REGIONAL_ID_TYPE);
    }

    private void localId(Hl7Builder message, IdentityRef identity) {
        Authority domain = authority.apply(identity.source());
        String assigner = domain == null
                ? Hl7Builder.subcomponents(identity.source())
                : domain.oid() == null
                        ? Hl7Builder.subcomponents(domain.name())
                        : Hl7Builder.subcomponents(domain.name(), domain.oid(), "ISO");
        message.raw(3, Hl7Builder.subcomponents(identity.localId()) + "^^^" + assigner + "^" + LOCAL_ID_TYPE);
    }

    private static void name(Hl7Builder message, PersonSnapshot person) {
        if (person.family() != null || person.given() != null) {
            message.set(5, person.family(), person.given());
        } else if (person.name() != null) {
            message.set(5, person.name());
        }
    }
}
