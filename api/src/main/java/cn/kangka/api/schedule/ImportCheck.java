package cn.kangka.api.schedule;

import cn.kangka.api.directory.HospitalSchedules;
import cn.kangka.api.directory.HospitalSchedules.Staff;
import cn.kangka.api.schedule.LayoutPolicy.There;
import cn.kangka.api.schedule.ScheduleFile.Column;
import cn.kangka.api.schedule.ScheduleFile.Fault;
import cn.kangka.api.schedule.ScheduleFile.Line;
import cn.kangka.api.schedule.ScheduleFile.Reading;
import cn.kangka.api.schedule.ScheduleImportStore.Known;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** A file beside what the hospital has told before. */
record ImportCheck(Known known, List<There> there, ZoneId zone) {

    /** Those of the file itself, names that contradict what is known, half-days that are taken; by row. */
    List<Fault> faults(Reading reading) {
        List<Fault> faults = new ArrayList<>(reading.faults());
        Map<HalfDay, List<There>> open = there.stream()
                .filter(each -> each.open() && each.role() != null)
                .collect(Collectors.groupingBy(each -> new HalfDay(each.day(), each.half(), each.role())));
        for (Line line : reading.lines()) {
            if (differs(known.departments().get(line.department()), line.departmentName())) {
                faults.add(new Fault(line.row(), Column.DEPARTMENT_NAME, "another-name"));
            }
            if (differs(known.doctors().get(line.doctor()), line.doctorName())) {
                faults.add(new Fault(line.row(), Column.DOCTOR_NAME, "another-name"));
            }
            HalfDay halfDay = new HalfDay(line.day(), line.half(), role(line));
            if (open.getOrDefault(halfDay, List.of()).stream()
                    .anyMatch(each -> !each.code().equals(code(line)))) {
                faults.add(new Fault(line.row(), Column.DATE, "published"));
            }
        }
        return faults.stream().sorted(Comparator.comparingInt(Fault::row)).toList();
    }

    private static boolean differs(String before, String now) {
        return before != null && !before.equals(now);
    }

    /** Where a person can be once only. */
    private record HalfDay(LocalDate day, String half, String role) {}

    /** The hospital's own code of who works where, if it has told of it. */
    private String role(Line line) {
        return known.roles().getOrDefault(line.role(), line.role());
    }

    /** Like a template's: what must not change under a booking is in the code. */
    String code(Line line) {
        CRC32 print = new CRC32();
        String what = line.start() + "|" + line.minutes() + "|" + line.bands() + "|"
                + line.fee().stripTrailingZeros().toPlainString() + "|" + line.draw();
        print.update(what.getBytes(StandardCharsets.UTF_8));
        return "F-" + line.day() + "-" + line.half() + "-" + role(line) + "-" + Long.toHexString(print.getValue());
    }

    HospitalSchedules.Session session(Line line) {
        List<HospitalSchedules.Band> bands = new ArrayList<>();
        OffsetDateTime start = line.day().atTime(line.start()).atZone(zone).toOffsetDateTime();
        for (int band = 0; band < line.bands(); band++) {
            bands.add(new HospitalSchedules.Band(
                    start.plusMinutes((long) band * line.minutes()),
                    start.plusMinutes((band + 1L) * line.minutes()),
                    line.units()));
        }
        return new HospitalSchedules.Session(code(line), role(line), line.fee(), line.draw(), false, bands);
    }

    int created(List<Line> lines) {
        Set<String> codes = there.stream().map(There::code).collect(Collectors.toSet());
        return (int) lines.stream().filter(line -> !codes.contains(code(line))).count();
    }

    /** Who is not known yet. */
    Staff fresh(List<Line> lines) {
        Map<String, HospitalSchedules.Department> departments = new LinkedHashMap<>();
        Map<String, HospitalSchedules.Doctor> doctors = new LinkedHashMap<>();
        Map<String, HospitalSchedules.Role> roles = new LinkedHashMap<>();
        for (Line line : lines) {
            if (!known.departments().containsKey(line.department())) {
                departments.putIfAbsent(
                        line.department(),
                        new HospitalSchedules.Department(
                                line.department(), line.departmentName(), line.standardCode()));
            }
            if (!known.doctors().containsKey(line.doctor())) {
                doctors.putIfAbsent(
                        line.doctor(), new HospitalSchedules.Doctor(line.doctor(), line.doctorName(), line.title()));
            }
            if (!known.roles().containsKey(line.role())) {
                roles.putIfAbsent(
                        line.role(),
                        new HospitalSchedules.Role(line.role(), line.doctor(), line.department(), line.specialty()));
            }
        }
        return new Staff(List.copyOf(departments.values()), List.copyOf(doctors.values()), List.copyOf(roles.values()));
    }
}
