package cn.kangka.sandbox.journey;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;

/** People that a journey invents, unknown to the region before. */
record TestPeople(String family, String given, String idNumber, String birth, String sex, String phone) {
    private static final List<String> USED = new CopyOnWriteArrayList<>();
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECKS = "10X98765432";

    static TestPeople invent() {
        int year = 1950 + random(50);
        String birth = "%d%02d%02d".formatted(year, 1 + random(12), 1 + random(28));
        String body = "330106" + birth + "%03d".formatted(random(500) * 2 + 1);
        String given = String.valueOf((char) (0x4E00 + random(3000))) + (char) (0x4E00 + random(3000));
        TestPeople person = new TestPeople("旅", given, body + check(body), birth, "M", inventedPhone());
        USED.addAll(List.of(person.name(), person.idNumber(), person.phone()));
        return person;
    }

    /** The same human with a phone that no hospital knows. */
    TestPeople withAnotherPhone() {
        TestPeople other = new TestPeople(family, given, idNumber, birth, sex, inventedPhone());
        USED.add(other.phone());
        return other;
    }

    /** Somebody with the same name, birth date and phone, but another valid id. */
    TestPeople withAnotherId() {
        String body =
                idNumber.substring(0, 14) + "%03d".formatted((Integer.parseInt(idNumber.substring(14, 17)) + 2) % 1000);
        TestPeople other = new TestPeople(family, given, body + check(body), birth, sex, phone);
        USED.add(other.idNumber());
        return other;
    }

    private static String inventedPhone() {
        return "1390%07d".formatted(random(10_000_000));
    }

    /** Names, ids and phones of everybody invented in this run. */
    static List<String> used() {
        return List.copyOf(USED);
    }

    private static int random(int bound) {
        return ThreadLocalRandom.current().nextInt(bound);
    }

    private static char check(String body) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += (body.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECKS.charAt(sum % 11);
    }

    String name() {
        return family + given;
    }

    Map<String, String> asListed() {
        return Map.of("name", name(), "idType", "RESIDENT_ID", "idNumber", idNumber, "phone", phone);
    }
}
