package cn.kangka.sandbox.journey;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Runs last: a dump of all tables of all services, as whoever steals a backup has it, without the keys. */
@StartedRegion.Use
@Order(101)
class DumpPrivacyTest {
    private static final Pattern NUMBERS = Pattern.compile("(?<![0-9A-Za-z])[0-9]{10,17}[0-9Xx](?![0-9A-Za-z])");

    @Test
    void no_resident_id_phone_card_or_medical_record_number_is_in_a_dump() throws Exception {
        Set<String> secrets = secrets();
        assertThat(secrets).hasSizeGreaterThan(500);
        Set<String> found = new TreeSet<>();
        long bytes = 0;
        for (String owner : List.of("api", "empi", "notification")) {
            for (Map.Entry<String, String> table : dump(owner).entrySet()) {
                bytes += table.getValue().length();
                Matcher numbers = NUMBERS.matcher(table.getValue());
                while (numbers.find()) {
                    if (secrets.contains(numbers.group())) {
                        found.add(owner + "." + table.getKey());
                    }
                }
                for (String journey : TestPeople.used()) {
                    if (journey.length() > 2 && table.getValue().contains(journey)) {
                        found.add(owner + "." + table.getKey() + " (a journey's person)");
                    }
                }
            }
        }
        assertThat(bytes).as("the dump has something in it").isGreaterThan(1_000_000);
        assertThat(found).isEmpty();
    }

    /** The check can fail: the same words are found in a table that does hold them. */
    @Test
    void the_search_would_find_one() throws Exception {
        String id = secrets().stream()
                .filter(each -> each.length() == 18)
                .findFirst()
                .orElseThrow();
        Matcher numbers = NUMBERS.matcher("7\t" + id + "\tx\n");
        assertThat(numbers.find()).isTrue();
        assertThat(numbers.group()).isEqualTo(id);
    }

    private static Set<String> secrets() {
        Set<String> secrets = new HashSet<>();
        for (int offset = 0; offset < 1_000; offset += 200) {
            List<Map<String, String>> people = Doors.sandbox()
                    .get("/people?limit=200&offset=" + offset)
                    .jsonPath()
                    .getList("");
            people.forEach(person -> secrets.addAll(List.of(person.get("idNumber"), person.get("phone"))));
        }
        return secrets;
    }

    private static Map<String, String> dump(String owner) throws SQLException, IOException {
        Map<String, String> tables = new java.util.TreeMap<>();
        String url = "jdbc:postgresql://localhost:" + Doors.ports().postgres() + "/kangka";
        try (Connection connection = DriverManager.getConnection(url, owner, owner);
                Statement statement = connection.createStatement()) {
            List<String> names = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select c.oid::regclass::text from pg_class c where c.relkind = 'r' and c.relowner = current_user::regrole")) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            for (String name : names) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + name + " to stdout", out);
                tables.put(name, out.toString(UTF_8) + printable(out));
            }
        }
        return tables;
    }

    /** What a copy writes as hexadecimal, as text: an unsealed value in a column of bytes is found too. */
    private static String printable(ByteArrayOutputStream out) {
        StringBuilder text = new StringBuilder();
        Matcher hex = Pattern.compile("\\\\\\\\x((?:[0-9a-f]{2})+)").matcher(out.toString(UTF_8));
        while (hex.find()) {
            text.append(new String(
                            java.util.HexFormat.of().parseHex(hex.group(1)),
                            java.nio.charset.StandardCharsets.ISO_8859_1))
                    .append('\n');
        }
        return text.toString();
    }
}
