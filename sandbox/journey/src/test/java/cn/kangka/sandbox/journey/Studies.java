package cn.kangka.sandbox.journey;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who has images: what the sandbox's picture archive holds, matched with the list of demo people. */
final class Studies {
    private static final int PAGE = 200;
    private static final int PEOPLE = 1_000;
    /** Journeys that just want somebody take from the front of the list. */
    private static final int FIRST = 400;

    private static final Set<Integer> TAKEN = new HashSet<>();

    private Studies() {}

    /** The next demo person with a study whom no journey has used. */
    static synchronized Citizen nextOwner() {
        Set<String> patients = patients();
        List<Map<String, String>> people =
                Doors.sandbox().get("/people?limit=" + PEOPLE).jsonPath().getList("");
        for (int offset = FIRST; offset < people.size(); offset++) {
            Map<String, String> person = people.get(offset);
            if (patients.contains(key(person.get("name"), person.get("birthDate"))) && TAKEN.add(offset)) {
                return Citizen.at(offset);
            }
        }
        throw new AssertionError("nobody on the list has a study");
    }

    private static Set<String> patients() {
        Set<String> patients = new HashSet<>();
        for (int offset = 0; ; offset += PAGE) {
            List<Map<String, Map<String, List<Object>>>> studies = Doors.sandbox()
                    .get("/dicom-web/studies?limit=" + PAGE + "&offset=" + offset)
                    .jsonPath()
                    .getList("");
            studies.forEach(study -> patients.add(key(name(study), birthDate(study))));
            if (studies.size() < PAGE) {
                return patients;
            }
        }
    }

    private static String name(Map<String, Map<String, List<Object>>> study) {
        return ((Map<?, ?>) study.get("00100010").get("Value").get(0))
                .get("Ideographic")
                .toString();
    }

    private static String birthDate(Map<String, Map<String, List<Object>>> study) {
        return study.get("00100030").get("Value").get(0).toString();
    }

    private static String key(String name, String birthDate) {
        return name + birthDate.replace("-", "");
    }
}
