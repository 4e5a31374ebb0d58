package cn.kangka.sandbox.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.hospital.PatientMessages.Visit;
import cn.kangka.sandbox.population.IdType;
import cn.kangka.sandbox.population.Registration;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.population.Resident.Kind;
import cn.kangka.sandbox.population.Sex;
import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.Department;
import cn.kangka.sandbox.region.Doctor;
import cn.kangka.sandbox.region.Institution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessagesTest {
    private static final Instant AT = Instant.parse("2026-03-02T02:00:00Z");
    private static final DemoRegion REGION = DemoRegion.of(1, 200, LocalDate.of(2026, 3, 2));
    private static final Institution H002 = REGION.institution("H002");
    private static final Department CARDIOLOGY = new Department("03.04", "心血管内科", "Cardiology");
    private static final Doctor DOCTOR =
            new Doctor("H002", "D0001", "诸葛明", Doctor.Title.CHIEF, CARDIOLOGY, "高血压的诊治", 50);

    private static Resident resident(String name, int motherIndex, String motherName) {
        return new Resident(
                7,
                name,
                Sex.FEMALE,
                LocalDate.of(1980, 5, 17),
                IdType.RESIDENT_ID,
                "330106198005170025",
                "13812345678",
                true,
                "浙江省云江市湖西区文三路1号",
                3,
                Kind.ADULT,
                motherIndex,
                motherName);
    }

    private static Registration registered(Resident resident) {
        return new Registration(0, "H002", "10000028", resident, false);
    }

    @Test
    void a_registration_is_an_a28_with_typed_ids_and_the_charset_in_the_header() {
        String message = PatientMessages.registration(H002, registered(resident("欧阳秀英", -1, "")), true, "R7.0", AT);
        assertThat(message.split("\r"))
                .containsExactly(
                        "MSH|^~\\&|HIS|H002|KANGKA|EMPI|20260302100000+0800||ADT^A28^ADT_A05|R7.0|P|2.5.1|||||CHN|GB 18030-2000",
                        "EVN|A28|20260302100000+0800",
                        "PID|1||10000028^^^H002&2.999.156.330100.2&ISO^MR~330106198005170025^^^CHN^NNCHN||欧阳^秀英^^^^^L||19800517"
                                + "|F|||湖西区文三路1号^^云江市^浙江省^^CHN^H||13812345678^PRN^CP",
                        "PD1|||云江市中心医院^^H002",
                        "PV1||N",
                        "AL1|1|DA^药物过敏^HL70127|J01CE01^青霉素^ATC|SV^严重^HL70128|皮疹、呼吸困难");
    }

    @Test
    void a_newborn_names_its_mother_and_her_number() {
        String message = PatientMessages.registration(H002, registered(resident("王芳之子", 6, "王芳")), false, "R7.0", AT);
        assertThat(message)
                .contains("|10000024^^^H002&2.999.156.330100.2&ISO^MR\r")
                .contains("NK1|1|王^芳|MTH^母亲^HL70063|");
    }

    @Test
    void a_visit_says_where_and_when_and_which_appointment() {
        Visit visit = new Visit("V1", CARDIOLOGY, DOCTOR, "018f");
        String message = PatientMessages.visit(H002, registered(resident("王芳", -1, "")), "A04", visit, "V1", AT);
        assertThat(message).contains("PV1|1|O|03.04^心血管内科||||D0001^诸葛明||||||||||||V1|");
        assertThat(message.strip()).endsWith("|20260302100000+0800||||||018f");
    }

    @Test
    void a_report_has_codes_units_ranges_and_flags_that_fit_its_values() {
        Panel panel = Panel.all().get("cbc");
        String message = ResultMessages.report(H002, registered(resident("王芳", -1, "")), panel, DOCTOR, "L7.0", AT);
        List<String> lines = List.of(message.split("\r"));
        assertThat(lines).anyMatch(line -> line.startsWith("OBR|1|PL7.0|L7.0|58410-2^血常规^LN|||20260302082500+0800"));
        assertThat(lines.stream().filter(line -> line.startsWith("OBX")))
                .hasSize(8)
                .allSatisfy(line -> {
                    String[] fields = line.split("\\|");
                    String[] range = fields[7].split("-");
                    BigDecimal value = new BigDecimal(fields[5]);
                    boolean inside = value.compareTo(new BigDecimal(range[0])) >= 0
                            && value.compareTo(new BigDecimal(range[1])) <= 0;
                    assertThat(fields[8].equals("N")).isEqualTo(inside);
                });
    }

    @Test
    void values_of_a_person_stay_their_own_over_time() {
        Analyte sugar = Panel.all().get("glucose").analytes().get(0);
        for (Resident person : REGION.residents()) {
            double early = sugar.value(person, LocalDate.of(2025, 1, 1)).doubleValue();
            double late = sugar.value(person, LocalDate.of(2026, 1, 1)).doubleValue();
            assertThat(Math.abs(early - late)).isLessThan(3);
        }
    }

    @Test
    void delimiters_in_a_text_are_escaped() {
        assertThat(Er7.components("a|b^c&d~e\\f", "g")).isEqualTo("a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f^g");
    }

    @Test
    void staff_have_title_department_and_specialty() {
        String message = StaffMessages.staff(H002, List.of(DOCTOR), "SH002", AT);
        assertThat(message)
                .contains("MFI|PRA^Practitioner master file^HL70175||UPD|||AL\r")
                .contains("STF|D0001|D0001|诸葛^明||||A|03.04^心血管内科||||||||||主任医师\r")
                .contains("PRA|D0001||||高血压的诊治\r");
    }
}
