package cn.kangka.sandbox.dicomweb;

import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.population.Resident.Kind;
import cn.kangka.sandbox.region.DemoRegion;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which studies there are, by seed. */
final class Studies {
    private static final int EVERY = 5;
    private static final int DAYS_BACK = 30;

    private final Map<String, Study> byUid = new LinkedHashMap<>();

    Studies(DemoRegion region, LocalDate firstDay) {
        for (Resident resident : region.residents()) {
            if (resident.index() % EVERY == 0 && resident.kind() == Kind.ADULT) {
                Registration first = region.registrations(resident).get(0);
                Study study = new Study(first, firstDay.minusDays(DAYS_BACK + resident.index() % 300L));
                byUid.put(study.uid(), study);
            }
        }
    }

    /** A hospital's studies; null parameters ask for all. */
    List<Study> find(String source, String patientId, String studyUid) {
        return byUid.values().stream()
                .filter(study -> source == null || study.patient().source().equals(source))
                .filter(study -> patientId == null || study.patient().localId().equals(patientId))
                .filter(study -> studyUid == null || study.uid().equals(studyUid))
                .toList();
    }
}
