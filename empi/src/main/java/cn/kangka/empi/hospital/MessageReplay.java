package cn.kangka.empi.hospital;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Handles stored messages of one kind once more, besides those of HL7 v2. */
public interface MessageReplay {
    /** Their code in the message log. */
    String code();

    /**
     * Handles one again, whatever became of it before, and writes what became of it now.
     *
     * @param source whose it is; null when its client speaks for several
     * @param name of what it tells, as the log has it
     * @param body as it came
     */
    Uni<Void> again(UUID id, String source, String name, byte[] body);
}
