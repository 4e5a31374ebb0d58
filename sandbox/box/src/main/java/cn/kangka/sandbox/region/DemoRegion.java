package cn.kangka.sandbox.region;

import cn.kangka.sandbox.population.Population;
import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.population.Registrations;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.population.TypingError;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who and what is in the demo region, by seed: institutions, doctors, sessions, residents and where they are patients. */
public final class DemoRegion {
    /** How many days ahead, beside today, there are sessions. */
    public static final int DAYS_AHEAD = 14;

    /** The one connection over which all centres speak. */
    public static final String CENTRES_LINE = "centres";

    private static final double ERROR_RATE = 0.06;

    private final List<Institution> hospitals;
    private final List<Institution> centres;
    private final Map<String, Institution> byId = new LinkedHashMap<>();
    private final Map<String, List<Doctor>> doctors = new LinkedHashMap<>();
    private final Timetable timetable;
    private final Registrations registrations;
    private final List<Resident> residents;

    private DemoRegion(long seed, int people, LocalDate firstDay) {
        Institutions institutions = new Institutions(seed);
        this.hospitals = institutions.hospitals();
        this.centres = institutions.centres();
        this.timetable = new Timetable(seed);
        this.registrations = new Registrations(
                seed,
                hospitals.stream().map(Institution::id).toList(),
                centres.stream().map(Institution::id).toList(),
                EnumSet.allOf(TypingError.class),
                ERROR_RATE);
        this.residents = Population.of(seed, people, firstDay).stream().toList();
        Doctors staff = new Doctors(seed);
        for (Institution institution : institutions()) {
            byId.put(institution.id(), institution);
            doctors.put(institution.id(), staff.of(institution));
        }
    }

    /**
     * @param people how many residents; they are all kept in memory, about 0.6 kB each
     * @param firstDay the day on which the region began; ages are counted to it
     */
    public static DemoRegion of(long seed, int people, LocalDate firstDay) {
        return new DemoRegion(seed, people, firstDay);
    }

    public List<Institution> hospitals() {
        return hospitals;
    }

    public List<Institution> centres() {
        return centres;
    }

    /** Hospitals first, then centres. */
    public final List<Institution> institutions() {
        List<Institution> all = new ArrayList<>(hospitals);
        all.addAll(centres);
        return all;
    }

    /** The institution, or null. */
    public Institution institution(String id) {
        return byId.get(id);
    }

    public List<Doctor> doctors(String institution) {
        return doctors.get(institution);
    }

    /** Everybody's sessions at an institution on a date. */
    public List<Session> sessions(String institution, LocalDate date) {
        return doctors(institution).stream()
                .flatMap(doctor -> timetable.of(doctor, date).stream())
                .toList();
    }

    public List<Resident> residents() {
        return residents;
    }

    /** Where a resident is a patient; the first is free of errors. */
    public List<Registration> registrations(Resident resident) {
        return registrations.of(resident);
    }
}
