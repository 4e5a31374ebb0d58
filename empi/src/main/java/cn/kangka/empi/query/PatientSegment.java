package cn.kangka.empi.query;

import cn.kangka.empi.hl7.Hl7Builder;
import cn.kangka.empi.hl7.PidSegments;
import cn.kangka.empi.hl7.Segment;
import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.person.PersonSnapshot;
import cn.kangka.empi.query.Domains.PatientCx;
import java.util.List;

/** PID of a person that was found: the chart that best speaks for it, as told, with the ids that were asked for. */
final class PatientSegment {
    private static final List<Integer> TOLD =
            List.of(5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 21, 22, 24, 25, 26, 28, 29, 30);

    private PatientSegment() {}

    /**
     * Writes it.
     *
     * @param mothersPid PID of the mother's chart; null when there is none
     */
    static void write(
            Hl7Builder answer,
            int sequence,
            PersonSnapshot person,
            Identity best,
            List<PatientCx> ids,
            String mothersPid) {
        answer.segment("PID").set(1, Integer.toString(sequence));
        ids.forEach(id -> answer.raw(3, id.er7()));
        if (best != null && best.pid() != null) {
            Segment told = PidSegments.of(best.pid());
            TOLD.forEach(field -> copy(answer, field, told.rawField(field)));
            if (told.rawField(6).isBlank() && mothersPid != null) {
                copy(answer, 6, PidSegments.of(mothersPid).repetition(5, 1).raw());
            }
        } else {
            answer.set(5, person.family() == null ? person.name() : person.family(), person.given());
            answer.set(7, person.birth() == null ? "" : person.birth().replace("-", ""));
            answer.set(8, person.sex().hl7());
        }
    }

    private static void copy(Hl7Builder answer, int field, String value) {
        if (!value.isBlank()) {
            answer.raw(field, value);
        }
    }
}
