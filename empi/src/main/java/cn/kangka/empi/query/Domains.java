package cn.kangka.empi.query;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hospital.Authority;
import cn.kangka.empi.hospital.MessageRefusedException;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.person.PersonSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Domains of patient ids in queries: which are asked for, and how ids are written in answers. */
@ApplicationScoped
class Domains {
    private final Sources sources;

    Domains(Sources sources) {
        this.sources = sources;
    }

    /** A patient's id in its domain, ready to be written. */
    record PatientCx(String domain, String er7) {}

    /**
     * Whose domain a CX names.
     *
     * @throws MessageRefusedException when nobody is known by it
     */
    Source owner(String name, String oid, String location) {
        return sources.byAuthority(name, oid)
                .orElseThrow(() -> new MessageRefusedException(Hl7Refusal.error(
                        Hl7Refusal.UNKNOWN_KEY, location, "the assigning authority is unknown or missing")));
    }

    /** Names of the domains that a field lists (component 4 of each repetition); empty for all. */
    Set<String> asked(List<Repetition> field, String location) {
        Set<String> asked = new LinkedHashSet<>();
        for (int i = 0; i < field.size(); i++) {
            Repetition cx = field.get(i);
            if (!cx.isEmpty()) {
                asked.add(owner(cx.subcomponent(4, 1), cx.subcomponent(4, 2), location + "^" + (i + 1))
                        .authority()
                        .name());
            }
        }
        return asked;
    }

    /** All ids of a person in the domains, or all of them. */
    List<PatientCx> idsOf(PersonSnapshot person, Set<String> asked) {
        Set<PatientCx> ids = new LinkedHashSet<>();
        person.identities().forEach(each -> ids.add(local(each.source(), each.localId())));
        person.documents().stream()
                .filter(document -> document.type() == DocumentType.CITED_ID)
                .forEach(document -> ids.add(cited(document.number())));
        return new ArrayList<>(ids)
                .stream()
                        .filter(id -> asked.isEmpty() || asked.contains(id.domain()))
                        .toList();
    }

    private PatientCx local(String source, String localId) {
        Source owner = sources.byId(source).orElse(null);
        Authority authority = owner == null ? null : owner.authority();
        int bar = owner != null && owner.acceptsAnyAuthority() ? localId.indexOf('|') : -1;
        if (authority == null || bar > 0) {
            return new PatientCx(
                    "", cx(localId.substring(bar + 1), bar < 0 ? source : localId.substring(0, bar), null));
        }
        return new PatientCx(authority.name(), cx(localId, authority.name(), authority.oid()));
    }

    private PatientCx cited(String number) {
        int bar = number.indexOf('|');
        String name = number.substring(0, bar);
        String oid = sources.byAuthority(name, "")
                .map(owner -> owner.authority().oid())
                .orElse(null);
        return new PatientCx(name, cx(number.substring(bar + 1), name, oid));
    }

    private static String cx(String id, String name, String oid) {
        return Hl7Builder.subcomponents(id) + "^^^" + authority(name, oid) + "^PI";
    }

    private static String authority(String name, String oid) {
        return oid == null ? Hl7Builder.subcomponents(name) : Hl7Builder.subcomponents(name, oid, "ISO");
    }
}
