package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.hospital.HospitalCopy.Kind;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.kit.id.Ids;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Asks a hospital what it has of one of its patients (QBP^Q22, IHE PDQ ITI-21, by its own local id), and compares: the regional
 * id, name, birth date, sex, and phone, as far as the region has told them.
 */
@ApplicationScoped
public class HospitalQuery {
    private static final String LANE = "/query";
    private static final int BIRTH_LENGTH = 8;

    private final MllpPeers peers;
    private final Announcements announcements;
    private final Clock clock;

    HospitalQuery(MllpPeers peers, Announcements announcements, Clock clock) {
        this.peers = peers;
        this.announcements = announcements;
        this.clock = clock;
    }

    /** Compares the hospital's copy of a patient; never fails. */
    public Uni<HospitalCopy> compare(Source hospital, String localId, PersonSnapshot person) {
        Letter question = question(hospital, localId);
        String controlId = ControlId.of(question.id());
        byte[] frame = Wire.frame(hospital, question.message().text());
        return Uni.createFrom()
                .<HospitalAnswer>emitter(emitter -> peers.of(hospital, Letter.DESTINATION + hospital.id() + LANE)
                        .exchange(frame, bytes -> HospitalAnswer.to(controlId, Wire.text(hospital, bytes))
                                .orElse(null))
                        .onComplete(emitter::complete, emitter::fail))
                .map(answer -> copy(answer, hospital, person))
                .onFailure()
                .recoverWithItem(HospitalCopy.of(Kind.UNANSWERED));
    }

    private Letter question(Source hospital, String localId) {
        Authority domain = hospital.authority();
        return Letter.write(
                hospital,
                new Letter.Subject("query", localId, null, 1, null, null),
                new String[] {"QBP", "Q22", "QBP_Q21"},
                OffsetDateTime.now(clock),
                null,
                message -> message.segment("QPD")
                        .set(1, "Q22", "Find Candidates", "HL7")
                        .set(2, Ids.next().toString())
                        .add(3, "@PID.3.1", localId)
                        .add(3, "@PID.3.4.1", domain == null ? hospital.id() : domain.name())
                        .segment("RCP")
                        .set(1, "I"));
    }

    private HospitalCopy copy(HospitalAnswer answer, Source hospital, PersonSnapshot person) {
        if (!answer.isAccepted()) {
            return HospitalCopy.of(Kind.REFUSED);
        }
        List<Segment> found = answer.message().segments("PID");
        if (found.isEmpty()) {
            boolean notFound = answer.message()
                    .segment("QAK")
                    .filter(status -> status.value(2).equals("NF"))
                    .isPresent();
            return HospitalCopy.of(notFound ? Kind.UNKNOWN : Kind.REFUSED);
        }
        Hl7Builder told = new Hl7Builder().header().set(9, "ADT", "A31");
        announcements.segmentsFor(hospital).pid(told, person);
        return HospitalCopy.of(differing(
                told.build().segment("PID").orElseThrow(),
                found.get(0),
                person.id().toString()));
    }

    private static List<String> differing(Segment told, Segment theirs, String person) {
        List<String> fields = new ArrayList<>();
        boolean knowsId =
                theirs.repetitions(3).stream().anyMatch(id -> id.component(1).equals(person));
        note(fields, "PID-3", !knowsId);
        note(fields, "PID-5", differ(name(told), name(theirs)));
        note(fields, "PID-7", differ(birth(told), birth(theirs)));
        note(fields, "PID-8", differ(told.value(8), theirs.value(8)));
        String phone = told.value(13);
        note(fields, "PID-13", !phone.isEmpty() && phones(theirs).noneMatch(phone::equals));
        return fields;
    }

    private static void note(List<String> fields, String field, boolean differs) {
        if (differs) {
            fields.add(field);
        }
    }

    /** What was not told cannot differ. */
    private static boolean differ(String told, String theirs) {
        return !told.isEmpty() && !told.equals(theirs);
    }

    private static String name(Segment pid) {
        return (pid.value(5, 1) + pid.value(5, 2)).replaceAll("[\\s·]", "");
    }

    private static String birth(Segment pid) {
        String birth = pid.value(7);
        return birth.substring(0, Math.min(BIRTH_LENGTH, birth.length()));
    }

    private static Stream<String> phones(Segment pid) {
        return pid.repetitions(13).stream()
                .flatMap(each ->
                        Stream.of(each.component(1), each.component(12), each.component(6) + each.component(7)));
    }
}
