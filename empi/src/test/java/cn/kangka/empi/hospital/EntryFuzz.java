package cn.kangka.empi.hospital;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hl7.Hl7Reading;
import cn.kangka.empi.hl7.Hl7Refusal;
import cn.kangka.empi.testing.FuzzSources;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Fuzz target of the way in: whatever stands in a frame is read without a failure, and is answered by what a reader of HL7
 * understands, or by the silence that it asked for. See {@link JazzerTest}.
 */
public final class EntryFuzz {
    private static final OffsetDateTime NOW = OffsetDateTime.of(2026, 11, 1, 8, 0, 0, 0, ZoneOffset.ofHours(8));
    private static final Sources SOURCES = FuzzSources.all();

    private EntryFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        Arrival arrival = Arrival.read(input, Line.open(), SOURCES);
        List<Hl7Refusal> refusals = arrival.refusal() == null ? List.of() : List.of(arrival.refusal());
        for (String answer : Answers.to(arrival.message(), refusals, null, NOW)) {
            Hl7Reading reading = Hl7Message.read(new String(answer.getBytes(arrival.charset()), arrival.charset()));
            if (!(reading instanceof Hl7Message read) || read.segment("MSA").isEmpty()) {
                throw new IllegalStateException("the answer is no acknowledgement");
            }
            String verdict = read.segment("MSA").get().value(1);
            if (!verdict.matches("[AC][AER]")) {
                throw new IllegalStateException("the answer has no verdict");
            }
            if (verdict.equals("AA") != refusals.isEmpty() && verdict.startsWith("A")) {
                throw new IllegalStateException("the verdict is not what happened");
            }
        }
        arrival.message().segments().forEach(segment -> {
            for (int field = 1; field <= segment.lastField(); field++) {
                segment.repetitions(field).forEach(each -> {
                    each.parts();
                    each.text();
                });
            }
        });
    }
}
