package cn.kangka.sandbox.region;

import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.population.Names;
import cn.kangka.sandbox.population.Sex;
import cn.kangka.sandbox.region.Doctor.Title;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The 400 doctors: 300 in seven hospitals, one in each centre. */
final class Doctors {
    private static final Map<String, Integer> STAFF =
            Map.of("H001", 70, "H002", 58, "H003", 62, "H004", 40, "H005", 26, "H006", 24, "H007", 20);

    private static final Map<String, String> SPECIALTIES = Map.of(
            "03.01", "慢阻肺、哮喘、肺部感染的诊治",
            "03.02", "胃炎、消化性溃疡、炎症性肠病及内镜诊疗",
            "03.03", "脑血管病、头痛、帕金森病的诊治",
            "03.04", "高血压、冠心病、心力衰竭的诊治",
            "03.07", "糖尿病、甲状腺疾病、骨质疏松的诊治",
            "04.03", "关节置换、骨折、运动损伤的诊治",
            "07", "儿童呼吸道疾病、发热、过敏性疾病的诊治",
            "02", "常见病、多发病、慢性病的管理与健康咨询");

    private final long seed;

    Doctors(long seed) {
        this.seed = seed;
    }

    List<Doctor> of(Institution institution) {
        List<Doctor> doctors = new ArrayList<>();
        int count = STAFF.getOrDefault(institution.id(), 1);
        for (int number = 0; number < count; number++) {
            doctors.add(doctor(institution, number));
        }
        return doctors;
    }

    private Doctor doctor(Institution institution, int number) {
        Dice dice = Dice.of(seed, 10, institution.id().hashCode(), number);
        Department department =
                institution.departments().get(number % institution.departments().size());
        Sex sex = dice.chance(0.5) ? Sex.MALE : Sex.FEMALE;
        Title title = title(institution, dice);
        int birthYear = 1995 - (Title.RESIDENT.ordinal() - title.ordinal()) * 9 - dice.below(8);
        Names names = Names.common();
        return new Doctor(
                institution.id(),
                String.format(Locale.ROOT, "D%04d", number + 1),
                names.surname(dice) + names.given(dice, sex, birthYear),
                title,
                department,
                SPECIALTIES.getOrDefault(department.code(), department.name() + "常见病、多发病的诊治"),
                title.fee());
    }

    private static Title title(Institution institution, Dice dice) {
        if (institution.kind() == Institution.Kind.CENTRE) {
            return dice.chance(0.3) ? Title.ASSOCIATE_CHIEF : Title.ATTENDING;
        }
        double share = dice.fraction();
        if (share < 0.25) {
            return Title.CHIEF;
        }
        if (share < 0.6) {
            return Title.ASSOCIATE_CHIEF;
        }
        return share < 0.93 ? Title.ATTENDING : Title.RESIDENT;
    }
}
