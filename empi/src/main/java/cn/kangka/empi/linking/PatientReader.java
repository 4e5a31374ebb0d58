package cn.kangka.empi.linking;

import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.hl7.PidSegments;
import cn.kangka.empi.hl7.Repetition;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.hospital.Authority;
import cn.kangka.empi.hospital.HospitalConfig;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.DocumentType;
import cn.kangka.empi.identity.Names;
import cn.kangka.empi.identity.Numbers;
import cn.kangka.empi.identity.PatientDemographics;
import cn.kangka.empi.identity.PatientDemographics.Field;
import cn.kangka.empi.identity.ResidentId;
import cn.kangka.empi.identity.Sex;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a PID segment. */
@ApplicationScoped
class PatientReader {
    private final PatientIds ids;
    private final Sources sources;
    private final Optional<String> nationalDomain;

    PatientReader(PatientIds ids, Sources sources, HospitalConfig config) {
        this.ids = ids;
        this.sources = sources;
        this.nationalDomain = config.pid19Authority();
    }

    /**
     * Reads a patient.
     *
     * @param sequence which PID of the message it is, from 1
     * @throws LinkingRefusedException when PID-3 cannot be taken
     */
    Told read(Source sender, Segment pid, int sequence) {
        Set<Document> documents = new java.util.LinkedHashSet<>();
        String localId = localId(sender, pid.repetitions(3), "PID^" + sequence + "^3", documents);
        nationalId(pid.value(19)).ifPresent(documents::add);
        PatientDemographics patient = demographics(pid, documents);
        return new Told(localId, patient, deleted(pid), PidSegments.normalised(pid));
    }

    /** The sender's own id among repetitions of a CX; what it cites goes to {@code documents}. */
    String localId(Source sender, List<Repetition> list, String field, Set<Document> documents) {
        String local = null;
        for (int i = 0; i < list.size(); i++) {
            PatientId id = ids.read(sender, list.get(i), field + "^" + (i + 1));
            if (id instanceof PatientId.Refused refused) {
                if (local == null || !sender.acceptsAnyAuthority()) {
                    throw new LinkingRefusedException(refused.refusal());
                }
            } else if (id instanceof PatientId.Local own && local == null) {
                local = own.id();
            } else if (id instanceof PatientId.Cited cited) {
                documents.add(cited.document());
            }
        }
        if (local == null) {
            throw new LinkingRefusedException(
                    list.stream().allMatch(Repetition::isEmpty)
                            ? Hl7Refusal.error(Hl7Refusal.REQUIRED_FIELD, field, "there is no patient id")
                            : Hl7Refusal.reject(
                                    Hl7Refusal.UNKNOWN_KEY,
                                    field + "^1^4",
                                    "there is no id of the sender's own domain"));
        }
        citable(sender, local).ifPresent(documents::add);
        return local;
    }

    private Optional<Document> nationalId(String number) {
        if (number.isEmpty()) {
            return Optional.empty();
        }
        Document resident = Numbers.document(DocumentType.RESIDENT_ID, number);
        if (ResidentId.looksLikeOne(resident.number())) {
            return Optional.of(resident);
        }
        return nationalDomain
                .flatMap(name -> sources.byAuthority(name, ""))
                .map(owner -> PatientIds.cited(owner.authority(), number));
    }

    private static PatientDemographics demographics(Segment pid, Set<Document> documents) {
        Repetition name = bestName(pid.repetitions(5));
        String whole = Names.whole(name.component(1), name.component(2));
        String birth = birth(pid.value(7)).orElse(null);
        String mother = pid.repetition(21, 1).component(1);
        return new PatientDemographics(
                whole,
                emptyToNull(Names.tidy(name.component(1))),
                emptyToNull(Names.tidy(name.component(2))),
                Sex.of(pid.value(8)),
                birth,
                phones(pid),
                PatientDemographics.own(documents, whole, birth),
                address(pid),
                emptyToNull(mother),
                "Y".equals(pid.value(30)));
    }

    /** What the domain of the sender's own ids makes of a local id: a document when everybody may cite it. */
    static Optional<Document> citable(Source sender, String localId) {
        return Optional.ofNullable(sender.authority())
                .filter(Authority::citableByAll)
                .map(authority -> PatientIds.cited(authority, localId));
    }

    /** The ideographic name (XPN.8 = I) before the legal one (XPN.7 = L) before the first. */
    private static Repetition bestName(List<Repetition> names) {
        return names.stream()
                .filter(each ->
                        !each.component(1).isEmpty() || !each.component(2).isEmpty())
                .min(java.util.Comparator.comparing((Repetition each) -> !"I".equals(each.component(8)))
                        .thenComparing(each -> !"L".equals(each.component(7))))
                .orElseGet(() -> PidSegments.empty().repetition(5, 1));
    }

    /** The date part of a time stamp as far as it is there and real. */
    static Optional<String> birth(String stamp) {
        String digits = stamp.replaceFirst("[^0-9].*$", "");
        try {
            if (digits.length() >= 8) {
                return Optional.of(LocalDate.of(
                                Integer.parseInt(digits.substring(0, 4)),
                                Integer.parseInt(digits.substring(4, 6)),
                                Integer.parseInt(digits.substring(6, 8)))
                        .toString());
            }
            if (digits.length() == 6) {
                return Optional.of(digits.substring(0, 4) + "-" + digits.substring(4, 6));
            }
            return digits.length() == 4 ? Optional.of(digits) : Optional.empty();
        } catch (java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    private static List<String> phones(Segment pid) {
        return Stream.concat(pid.repetitions(13).stream(), pid.repetitions(14).stream())
                .filter(phone -> !"Internet".equalsIgnoreCase(phone.component(3)))
                .map(PatientReader::phone)
                .flatMap(Optional::stream)
                .distinct()
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static Optional<String> phone(Repetition phone) {
        String whole = phone.component(12).isEmpty() ? phone.component(1) : phone.component(12);
        return Numbers.phone(whole.isEmpty() ? phone.component(5) + phone.component(6) + phone.component(7) : whole);
    }

    /** State, city, county, street, other, postal code: from the large to the small, as in Chinese. */
    private static String address(Segment pid) {
        Repetition address = pid.repetition(11, 1);
        String line = Stream.of(
                        address.component(4),
                        address.component(3),
                        address.component(9),
                        address.component(1),
                        address.component(2),
                        address.component(5))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        return emptyToNull(line);
    }

    private static Set<Field> deleted(Segment pid) {
        Set<Field> deleted = EnumSet.noneOf(Field.class);
        if (pid.repetition(5, 1).deletes()) {
            deleted.add(Field.NAME);
        }
        if (pid.repetition(7, 1).deletes()) {
            deleted.add(Field.BIRTH);
        }
        if (pid.repetition(11, 1).deletes()) {
            deleted.add(Field.ADDRESS);
        }
        if (pid.repetition(13, 1).deletes()) {
            deleted.add(Field.PHONES);
        }
        if (pid.repetition(30, 1).deletes() || "N".equals(pid.value(30))) {
            deleted.add(Field.DECEASED);
        }
        return deleted;
    }

    private static String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
