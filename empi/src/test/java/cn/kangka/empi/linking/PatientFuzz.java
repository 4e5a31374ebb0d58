package cn.kangka.empi.linking;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.empi.hl7.Hl7Message;
import cn.kangka.empi.hospital.MessageRefusedException;
import cn.kangka.empi.hospital.Source;
import cn.kangka.empi.hospital.Sources;
import cn.kangka.empi.testing.FuzzSources;
import java.util.List;

/** Fuzz target of reading patients: every PID is read, or refused with a reason. See {@code JazzerTest}. */
public final class PatientFuzz {
    private static final Sources SOURCES = FuzzSources.all();
    /** One with a domain of its own, one that may name any. */
    private static final List<Source> TELLERS =
            List.of(SOURCES.byId("H001").orElseThrow(), SOURCES.byId("S001").orElseThrow());

    private static final PatientReader READER =
            new PatientReader(new PatientIds(SOURCES), SOURCES, FuzzSources.configuration());

    private PatientFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (!(Hl7Message.read(new String(input, UTF_8)) instanceof Hl7Message message)) {
            return;
        }
        for (Source source : TELLERS) {
            message.segments("PID").forEach(pid -> {
                try {
                    READER.read(source, pid, 1);
                } catch (MessageRefusedException refused) {
                    if (refused.refusals().isEmpty()) {
                        throw new IllegalStateException("refused without a reason", refused);
                    }
                }
            });
        }
    }
}
