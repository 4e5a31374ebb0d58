package cn.kangka.empi.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Reading;
import cn.kangka.empi.testing.Adt;
import cn.kangka.empi.testing.Region;
import cn.kangka.empi.testing.SharedData;
import cn.kangka.empi.testing.Until;
import cn.kangka.sandbox.hl7.MllpClient;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Bent messages over a real socket: each is answered or, when it asks for silence, logged; nothing breaks on our side
 * (207), nothing stays unhandled, others are served. {@code -Dkangka.fuzz.seed=N} repeats a run.
 */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class FuzzTest {
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final String H001 = "|H001|KANGKA|REGION|20261101080000||";
    private static final List<String> OWN = List.of(
            "MSH|^~\\&|HIS" + H001
                    + "ORU^R01^ORU_R01|C1|P|2.5.1||||||UNICODE UTF-8\rPID|1||F1^^^H001^MR||方^圆||19800203|F\r"
                    + "OBR|1|P1|F1|24323-8^生化^LN|||20261101070000||||||||||||||||||F\r"
                    + "OBX|1|NM|2345-7^葡萄糖^LN||5.1|mmol/L|3.9-6.1|N|||F|||20261101070000\r"
                    + "OBX|2|ST|X^描述^L||未见异常||||||F\r",
            "MSH|^~\\&|HIS" + H001 + "ADT^A40^ADT_A39|C2|P|2.5.1||||||UNICODE UTF-8\rEVN|A40|20261101080000\r"
                    + "PID|1||F2^^^H001^MR||方^圆||19800203|F\rMRG|F3^^^H001^MR\r",
            "MSH|^~\\&|HIS" + H001
                    + "QBP^Q22^QBP_Q21|C3|P|2.5.1\rQPD|Q22^Find^HL7|T1|@PID.5.1^方~@PID.7^19800203\rRCP|I|10^RD\r",
            "MSH|^~\\&|HIS" + H001 + "QBP^Q23^QBP_Q21|C4|P|2.5.1\rQPD|Q23^Ids^HL7|T2|F1^^^H001\rRCP|I\r",
            "MSH|^~\\&|HIS" + H001
                    + "RDE^O11^RDE_O11|C5|P|2.5.1||||||UNICODE UTF-8\rPID|1||F1^^^H001^MR||方^圆||19800203|F\r"
                    + "AL1|1|DA|PCN^青霉素|SV|皮疹\rORC|NW|O1\rRXE|1^^^20261101|AMX^阿莫西林^L|500||mg\r",
            "MSH|^~\\&|HIS" + H001 + "ADT^A01^ADT_A01|C6|P|2.5.1||||||UNICODE UTF-8\rEVN|A01|20261101080000\r"
                    + "PID|1||F4^^^H001^MR||方^正||19790203|M\rPV1|1|I|心内科^^1||||D1^李^医生||||||||||||V1||||||||||||||||||||||||20261101080000\r",
            "MSH|^~\\&|HIS" + H001 + "MFN^M02^MFN_M02|C7|P|2.5.1||||||UNICODE UTF-8\rMFI|PRA||UPD|||AL\rMFE|MUP|||D9\r"
                    + "STF|D9||周^全||M\rPRA|D9\r");

    @Inject
    Region region;

    @Inject
    MllpServer server;

    @Test
    void a_few_hundred_bent_messages_are_answered_or_logged() throws Exception {
        run(seeds(), Duration.ofSeconds(5));
    }

    /** {@code -Dkangka.fuzz.minutes=N}, 3 by default; with the public samples too, where they lie beside the repository. */
    @Test
    @Tag("proof")
    void minutes_of_bent_messages_are_answered_or_logged() throws Exception {
        List<String> seeds = seeds();
        if (SharedData.present("hl7v2")) {
            for (Path file : SharedData.files("hl7v2", "*.hl7")) {
                seeds.add(Files.readString(file));
            }
        }
        run(seeds, Duration.ofMinutes(Long.getLong("kangka.fuzz.minutes", 3)));
    }

    private void run(List<String> seeds, Duration length) throws Exception {
        long seed = Long.getLong("kangka.fuzz.seed", System.nanoTime());
        Mutations mutations = new Mutations(seed);
        Map<String, Integer> verdicts = new TreeMap<>();
        long end = System.nanoTime() + length.toNanos();
        MllpClient client = region.connect();
        client.within(SILENCE);
        try {
            for (int i = 0; System.nanoTime() < end; i++) {
                String verdict = verdict(client, mutations.of(seeds.get(i % seeds.size())));
                verdicts.merge(verdict, 1, Integer::sum);
                if (verdict.equals("silence")) {
                    client.close();
                    client = region.connect();
                    client.within(SILENCE);
                }
            }
        } finally {
            client.close();
        }
        System.out.printf("fuzz: seed %d, answers %s%n", seed, verdicts);
        assertThat(region.rows("select error from message where state = 'FAILED' limit 5"))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(region.rows("select id from message where direction = 'IN' and state = 'RECEIVED'"))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(verdicts).as("seed %d", seed).doesNotContainKey("closed").containsKeys("AA", "AE", "AR");
        assertThat(Until.good(server::buffered, held -> held == 0)).isZero();
        assertThat(Region.verdict(
                        region.send(Adt.register("H001", "A28", "FZ-" + seed, "", "石头", "19700101", Adt.phone()))))
                .isEqualTo("AA");
    }

    private static String verdict(MllpClient client, byte[] message) throws IOException {
        try {
            Hl7Reading answer = Hl7Message.read(client.sendBytes(message));
            return answer instanceof Hl7Message read ? Region.verdict(read) : "no HL7";
        } catch (SocketTimeoutException asked) {
            return "silence";
        } catch (EOFException closed) {
            return "closed";
        }
    }

    /** Of patients that no other test knows. */
    static List<String> seeds() {
        List<String> seeds = new ArrayList<>(OWN);
        seeds.add(Adt.register("H001", "A28", "F5", Adt.residentId("19850101"), "方晴", "19850101", Adt.phone()));
        seeds.add(Adt.register("H001", "A31", "F5", "", "方晴", "19850101", Adt.phone()));
        return seeds;
    }
}
