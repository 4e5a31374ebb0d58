package cn.kangka.empi.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.Connection;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.v25.message.ADT_A01;
import ca.uhn.hl7v2.model.v25.message.ADT_A39;
import ca.uhn.hl7v2.model.v25.message.QBP_Q21;
import ca.uhn.hl7v2.model.v25.segment.PID;
import ca.uhn.hl7v2.util.Terser;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.HapiHospital;
import cn.kangka.empi.testing.HospitalsResource;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hospital link with HAPI, which is in many hospitals' interface engines, at the other end: as client and as server. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(HospitalsResource.class)
class HapiTest {
    @Inject
    MllpServer server;

    @Inject
    Region region;

    @Inject
    Letters letters;

    private final HapiContext context = HapiHospital.context();
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        connection = context.newClient("localhost", server.port(), false);
    }

    @AfterEach
    void close() throws Exception {
        connection.close();
        context.close();
    }

    private Message ask(Message message) throws Exception {
        return connection.getInitiator().sendAndReceive(message);
    }

    private static void header(Message message, String control) throws Exception {
        Terser terser = new Terser(message);
        terser.set("MSH-3", "HIS");
        terser.set("MSH-4", "P001");
        terser.set("MSH-5", "KANGKA");
        terser.set("MSH-10", control);
        terser.set("MSH-18", "UNICODE UTF-8");
    }

    private static void pid(PID pid, String chart, String family, String given) throws Exception {
        pid.getPatientIdentifierList(0).getIDNumber().setValue(chart);
        pid.getPatientIdentifierList(0).getAssigningAuthority().getNamespaceID().setValue("P001");
        pid.getPatientIdentifierList(0).getIdentifierTypeCode().setValue("MR");
        pid.getPatientName(0).getFamilyName().getSurname().setValue(family);
        pid.getPatientName(0).getGivenName().setValue(given);
        pid.getDateTimeOfBirth().getTime().setValue("19820314");
        pid.getAdministrativeSex().setValue("F");
    }

    private static ADT_A01 registration(String chart, String family, String given) throws Exception {
        ADT_A01 message = new ADT_A01();
        message.initQuickstart("ADT", "A04", "P");
        header(message, Adt.control());
        pid(message.getPID(), chart, family, given);
        message.getPV1().getPatientClass().setValue("O");
        return message;
    }

    private Message askWho(String chart) throws Exception {
        QBP_Q21 query = new QBP_Q21();
        query.initQuickstart("QBP", "Q21", "P");
        header(query, Adt.control());
        Terser asked = new Terser(query);
        asked.set("QPD-1-1", "Q21");
        asked.set("QPD-2", "T2");
        asked.set("QPD-3-1", chart);
        asked.set("QPD-3-4-1", "P001");
        asked.set("RCP-1", "I");
        return ask(query);
    }

    @Test
    void it_asks_who_has_an_id() throws Exception {
        String chart = "HAPI-" + UUID.randomUUID();
        assertThat(new Terser(ask(registration(chart, "呼延", "绰"))).get("MSA-1")).isEqualTo("AA");
        Message found = askWho(chart);
        Terser answer = new Terser(found);
        assertThat(answer.get("MSH-9-2")).isEqualTo("K21");
        assertThat(answer.get("QAK-2")).isEqualTo("OK");
        assertThat(found.encode()).contains("|" + chart + "^^^P001").contains("呼延^绰");

        assertThat(new Terser(askWho("NOBODY")).get("QAK-2")).isEqualTo("NF");
        Terser empty = new Terser(askWho(""));
        assertThat(empty.get("MSA-1")).isEqualTo("AE");
        assertThat(empty.get("ERR-2-3")).isEqualTo("3");
    }

    @Test
    void it_registers_asks_and_merges_and_is_told_what_changed() throws Exception {
        String chart = "HAPI-" + UUID.randomUUID();
        Message ack = ask(registration(chart, "呼延", "灼"));
        assertThat(new Terser(ack).get("MSA-1")).isEqualTo("AA");

        QBP_Q21 query = new QBP_Q21();
        query.initQuickstart("QBP", "Q23", "P");
        header(query, Adt.control());
        Terser asked = new Terser(query);
        asked.set("QPD-1-1", "IHE PIX Query");
        asked.set("QPD-2", "T1");
        asked.set("QPD-3-1", chart);
        asked.set("QPD-3-4-1", "P001");
        asked.set("RCP-1", "I");
        Message found = ask(query);
        assertThat(found.getName()).startsWith("RSP_K23");
        Terser answer = new Terser(found);
        assertThat(answer.get("MSA-1")).isEqualTo("AA");
        assertThat(answer.get("QAK-2")).isEqualTo("OK");
        UUID person = region.personOf(cn.kangka.empi.hl7.Hl7Message.of(ack.encode()));
        assertThat(found.encode()).contains("|" + chart + "^^^P001");

        String other = "HAPI-" + UUID.randomUUID();
        assertThat(new Terser(ask(registration(other, "呼延", "庆"))).get("MSA-1")).isEqualTo("AA");
        ADT_A39 merge = new ADT_A39();
        merge.initQuickstart("ADT", "A40", "P");
        header(merge, Adt.control());
        pid(merge.getPATIENT(0).getPID(), chart, "呼延", "灼");
        merge.getPATIENT(0)
                .getMRG()
                .getPriorPatientIdentifierList(0)
                .getIDNumber()
                .setValue(other);
        merge.getPATIENT(0)
                .getMRG()
                .getPriorPatientIdentifierList(0)
                .getAssigningAuthority()
                .getNamespaceID()
                .setValue("P001");
        assertThat(new Terser(ask(merge)).get("MSA-1")).isEqualTo("AA");

        letters.tell("P001", person);
        List<Message> told = Until.good(
                () -> HospitalsResource.P001.received().stream()
                        .filter(message -> contains(message, person.toString()))
                        .toList(),
                some -> !some.isEmpty());
        Terser first = new Terser(told.get(0));
        assertThat(first.get("MSH-9-2")).isEqualTo("A31");
        assertThat(first.get("PID-5-1")).isEqualTo("呼延");
        Until.good(
                () -> region.rows(
                        "select state from message where person = $1 and source = 'P001' and direction = 'OUT'",
                        person),
                rows -> rows.size() == 1 && rows.get(0).getString(0).equals("DELIVERED"));
    }

    @Test
    void what_is_wrong_is_refused_with_an_err_that_hapi_reads() throws Exception {
        ADT_A01 nobody = registration("", "无", "名");
        Message refused = ask(nobody);
        Terser terser = new Terser(refused);
        assertThat(terser.get("MSA-1")).isIn("AE", "AR");
        assertThat(terser.get("ERR-3-1")).isEqualTo("101");
        assertThat(terser.get("ERR-2-1")).isEqualTo("PID");
    }

    @Test
    void many_clients_speak_at_once_and_each_gets_its_own_answer() throws Exception {
        List<Thread> threads = new java.util.ArrayList<>();
        List<String> right = new java.util.concurrent.CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "客" + i;
            threads.add(new Thread(() -> {
                // A context has one connection to a place, whoever asks for it.
                try (HapiContext alone = HapiHospital.context()) {
                    Connection own = alone.newClient("localhost", server.port(), false);
                    for (int each = 0; each < 5; each++) {
                        ADT_A01 message = registration("HAPI-" + name + each, name, "某");
                        Message ack = own.getInitiator().sendAndReceive(message);
                        if (new Terser(ack)
                                .get("MSA-2")
                                .equals(message.getMSH().getMessageControlID().getValue())) {
                            right.add(name + each);
                        }
                    }
                    own.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(right).hasSize(100).doesNotHaveDuplicates();
    }

    private static boolean contains(Message message, String text) {
        try {
            return message.encode().contains(text);
        } catch (ca.uhn.hl7v2.HL7Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
