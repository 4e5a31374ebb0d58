package cn.kangka.empi.linking;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Inject;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class RegistrationTest {
    private static final String BIRTH = "19800517";

    @Inject
    Region region;

    @Test
    void a_registration_is_stored_linked_told_and_acknowledged() throws Exception {
        Hl7Message ack =
                region.send(Adt.register("H001", "A28", "P1", Adt.residentId(BIRTH), "张三", BIRTH, Adt.phone()));
        assertThat(Region.verdict(ack)).isEqualTo("AA");
        assertThat(ack.header().value(9, 1)).isEqualTo("ACK");
        assertThat(ack.header().value(9, 2)).isEqualTo("A28");
        assertThat(ack.header().value(5)).isEqualTo("HIS");
        assertThat(ack.header().value(6)).isEqualTo("H001");
        UUID person = region.personOf(ack);
        List<Row> events = region.rows("select type, version from outbox where aggregate = $1", person.toString());
        assertThat(events).hasSize(1);
        assertThat(events.get(0).getString(0)).isEqualTo("person.changed");
        Row row = region.rows("select state, ack, source from message where person = $1", person)
                .get(0);
        assertThat(row.getString(0)).isEqualTo("ACCEPTED");
        assertThat(row.getString(1)).isEqualTo("AA");
        assertThat(row.getString(2)).isEqualTo("H001");
    }

    @Test
    void a_resend_gets_the_same_answer_and_does_nothing() throws Exception {
        String message = Adt.register("H001", "A28", "R1", Adt.residentId(BIRTH), "李四", BIRTH, Adt.phone());
        Hl7Message first = region.send(message);
        Hl7Message again = region.send(message);
        assertThat(again.text()).isEqualTo(first.text());
        UUID person = region.personOf(first);
        assertThat(region.rows("select 1 from outbox where aggregate = $1", person.toString()))
                .hasSize(1);
        assertThat(region.rows("select repeats from message where person = $1", person)
                        .get(0)
                        .getInteger(0))
                .isEqualTo(1);
    }

    @Test
    void the_same_control_id_with_other_content_is_another_message() throws Exception {
        String control = Adt.control();
        String id = Adt.residentId(BIRTH);
        String header = Adt.header("H001", "A28", control);
        region.send(header + Adt.pid("H001", "S1", id, "王五", BIRTH, Adt.phone()));
        Hl7Message other = region.send(header + Adt.pid("H001", "S2", "", "赵六", "19811111", Adt.phone()));
        assertThat(Region.verdict(other)).isEqualTo("AA");
        List<Row> rows = region.rows("select distinct person from message where control_id = $1", control);
        assertThat(rows).hasSize(2);
    }

    @Test
    void two_hospitals_that_agree_on_id_name_and_birth_date_have_one_person() throws Exception {
        String id = Adt.residentId(BIRTH);
        Hl7Message one = region.send(Adt.register("H001", "A28", "T1", id, "孙立", BIRTH, Adt.phone()));
        String lower = id.toLowerCase(java.util.Locale.ROOT);
        Hl7Message other = region.send(Adt.register("C001", "A04", "T9", lower, "孙立", BIRTH, Adt.phone()));
        assertThat(region.personOf(other)).isEqualTo(region.personOf(one));
        assertThat(region.identityOf(other)).isNotEqualTo(region.identityOf(one));
    }

    @Test
    void an_update_that_tells_nothing_new_changes_nothing() throws Exception {
        String id = Adt.residentId(BIRTH);
        String phone = Adt.phone();
        UUID person = region.personOf(region.send(Adt.register("H001", "A28", "V1", id, "吴九", BIRTH, phone)));
        region.send(Adt.register("H001", "A08", "V1", id, "吴九", BIRTH, phone));
        assertThat(version(person)).isEqualTo(1);
        region.send(Adt.register("H001", "A08", "V1", id, "吴九", BIRTH, Adt.phone()));
        assertThat(version(person)).isEqualTo(2);
    }

    @Test
    void a_patient_known_by_a_visit_only_joins_the_person_when_registered() throws Exception {
        String id = Adt.residentId(BIRTH);
        UUID known = region.personOf(region.send(Adt.register("H001", "A28", "W1", id, "郑十", BIRTH, Adt.phone())));
        Hl7Message visit = region.send(Adt.header("H003", "A03", Adt.control()) + "PID|1||W7^^^H003^MR\r");
        UUID provisional = region.personOf(visit);
        assertThat(provisional).isNotEqualTo(known);
        Hl7Message told = region.send(Adt.register("H003", "A28", "W7", id, "郑十", BIRTH, Adt.phone()));
        assertThat(region.personOf(told)).isEqualTo(known);
        Row retired = region.rows("select status, merged_into from person where id = $1", provisional)
                .get(0);
        assertThat(retired.getString(0)).isEqualTo("MERGED");
        assertThat(retired.getUUID(1)).isEqualTo(known);
    }

    @Test
    void parallel_registrations_of_one_human_make_one_person() throws Exception {
        List<String> sources = List.of("H001", "H003", "C001", "C002");
        int humans = 10;
        ExecutorService senders = Executors.newFixedThreadPool(8);
        List<Future<UUID>> persons = new ArrayList<>();
        for (int human = 0; human < humans; human++) {
            String id = Adt.residentId(BIRTH);
            String phone = Adt.phone();
            for (int copy = 0; copy < 12; copy++) {
                String source = sources.get(copy % sources.size());
                String localId = "X" + human + "-" + copy;
                Callable<UUID> feed = () ->
                        region.personOf(region.send(Adt.register(source, "A28", localId, id, "冯双", BIRTH, phone)));
                persons.add(senders.submit(feed));
            }
        }
        Set<UUID> distinct = new HashSet<>();
        for (Future<UUID> person : persons) {
            distinct.add(person.get());
        }
        senders.shutdown();
        assertThat(distinct).hasSize(humans);
        assertThat(region.rows(
                        "select identity from link where ended_at is null group by identity having count(*) > 1"))
                .isEmpty();
    }

    @Test
    void gb18030_is_read_and_answered_in_gb18030() throws Exception {
        Charset gb = Charset.forName("GB18030");
        String id = Adt.residentId(BIRTH);
        UUID utf = region.personOf(region.send(Adt.register("H001", "A28", "G1", id, "龚翀", BIRTH, Adt.phone())));
        String declared = Adt.register("H003", "A28", "G2", id, "龚翀", BIRTH, Adt.phone())
                .replace("UNICODE UTF-8", "GB 18030-2000");
        String byDefault =
                Adt.register("H002", "A28", "G3", id, "龚翀", BIRTH, Adt.phone()).replace("UNICODE UTF-8", "");
        try (MllpClient client = region.connect()) {
            Hl7Message first = Hl7Message.of(client.sendBytes(declared.getBytes(gb)));
            Hl7Message second = Hl7Message.of(client.sendBytes(byDefault.getBytes(gb)));
            assertThat(first.charset()).isEqualTo("GB 18030-2000");
            assertThat(region.personOf(first)).isEqualTo(utf);
            assertThat(region.personOf(second)).isEqualTo(utf);
        }
    }

    @Test
    void nothing_that_identifies_is_readable_in_the_database() throws Exception {
        String id = Adt.residentId(BIRTH);
        Hl7Message ack = region.send(Adt.register("H001", "A28", "LOCAL-SECRET-7", id, "秘密人", BIRTH, "13912345670"));
        UUID identity = region.identityOf(ack);
        for (String table : List.of(
                "message m", "identity m", "person m", "outbox m", "identity_key m", "link m", "review_task m")) {
            String all = region.rows("select coalesce(string_agg(m::text, ''), '') from " + table)
                    .get(0)
                    .getString(0);
            assertThat(all).doesNotContain(id, "秘密人", "LOCAL-SECRET-7", "13912345670");
            assertThat(all).doesNotContain(hex(id), hex("秘密人"), hex("LOCAL-SECRET-7"));
        }
        assertThat(identity).isNotNull();
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private long version(UUID person) {
        return region.rows("select version from person where id = $1", person)
                .get(0)
                .getLong(0);
    }
}
