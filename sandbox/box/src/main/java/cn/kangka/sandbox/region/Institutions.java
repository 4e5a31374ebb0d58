package cn.kangka.sandbox.region;

import cn.kangka.sandbox.population.Dice;
import cn.kangka.sandbox.population.Divisions;
import cn.kangka.sandbox.region.Institution.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Seven hospitals and a hundred centres, all invented. Their OIDs are below 2.999, the arc for examples. */
final class Institutions {
    private static final String ARC = "2.999.156.330100.";
    private static final Charset GB18030 = Charset.forName("GB18030");
    private static final Charset UTF_8 = StandardCharsets.UTF_8;
    private static final int CENTRES = 100;
    /** The middle of the invented city, in degrees, and how far from it hospitals and centres are at most. */
    private static final double LATITUDE = 30.1;

    private static final double LONGITUDE = 120.6;
    private static final double HOSPITALS_WITHIN = 0.06;
    private static final double CENTRES_WITHIN = 0.2;
    private static final double PRECISION = 1e5;

    private static final List<String> NEIGHBOURHOODS =
            List.of("翠苑", "和睦", "朝晖", "望江", "凤起", "桃源", "丹桂", "清波", "长庆", "文晖");

    private final long seed;
    private final List<String[]> departments = departments();

    Institutions(long seed) {
        this.seed = seed;
    }

    List<Institution> hospitals() {
        return List.of(
                hospital(1, "云江市第一人民医院", "Yunjiang First People's Hospital", UTF_8, BookingMode.KANGKA_FILLS),
                hospital(2, "云江市中心医院", "Yunjiang Central Hospital", GB18030, BookingMode.HOSPITAL_FILLS),
                hospital(3, "云江大学附属医院", "Yunjiang University Hospital", UTF_8, BookingMode.KANGKA_FILLS),
                hospital(4, "云江市中医院", "Yunjiang Hospital of Chinese Medicine", GB18030, BookingMode.KANGKA_FILLS),
                hospital(5, "云江市妇幼保健院", "Yunjiang Women's and Children's Hospital", UTF_8, BookingMode.HOSPITAL_FILLS),
                hospital(6, "云江市儿童医院", "Yunjiang Children's Hospital", UTF_8, BookingMode.KANGKA_FILLS),
                hospital(7, "云江市肿瘤医院", "Yunjiang Cancer Hospital", UTF_8, BookingMode.KANGKA_FILLS));
    }

    private Institution hospital(int number, String name, String english, Charset charset, BookingMode mode) {
        String id = String.format(Locale.ROOT, "H%03d", number);
        String address = Divisions.address(Dice.of(seed, 12, number));
        return new Institution(
                id,
                name,
                english,
                Kind.HOSPITAL,
                "HIS",
                ARC + number,
                charset,
                mode,
                address.substring(0, address.indexOf('号') + 1),
                around(LATITUDE, HOSPITALS_WITHIN, 13, number),
                around(LONGITUDE, HOSPITALS_WITHIN, 14, number),
                departmentsOf(id));
    }

    /** A coordinate of its own for each, the same at every start; a metre is precise enough. */
    private double around(double middle, double within, int purpose, int number) {
        double place = middle + within * (2 * Dice.of(seed, purpose, number).fraction() - 1);
        return Math.round(place * PRECISION) / PRECISION;
    }

    List<Institution> centres() {
        List<Institution> centres = new ArrayList<>();
        for (int number = 1; number <= CENTRES; number++) {
            Divisions.District district = Divisions.districts()
                    .get((number - 1) % Divisions.districts().size());
            String neighbourhood = NEIGHBOURHOODS.get((number - 1) / 10);
            centres.add(new Institution(
                    String.format(Locale.ROOT, "C%03d", number),
                    district.name() + neighbourhood + "社区卫生服务中心",
                    "Community health centre " + number,
                    Kind.CENTRE,
                    "CHIS",
                    ARC + (1000 + number),
                    UTF_8,
                    BookingMode.KANGKA_FILLS,
                    "浙江省" + Divisions.CITY + district.name() + neighbourhood + "街" + number + "号",
                    around(LATITUDE, CENTRES_WITHIN, 15, number),
                    around(LONGITUDE, CENTRES_WITHIN, 16, number),
                    List.of(new Department("02", "全科医疗科", "General practice"))));
        }
        return centres;
    }

    private List<Department> departmentsOf(String hospital) {
        return departments.stream()
                .filter(parts -> Arrays.asList(parts).subList(3, parts.length).contains(hospital))
                .map(parts -> Department.of(parts[0], parts[1], parts[2].replace('_', ' ')))
                .toList();
    }

    private static List<String[]> departments() {
        try (InputStream in = Institutions.class.getResourceAsStream("/region/departments.txt");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
