package cn.kangka.sandbox.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A view of the machine in which some folders are empty and small: a mount namespace of one command's own. */
final class EmptyFolders {
    private static final String SIZE = "8m";
    private static final String MOUNT = "while [ \"$1\" != : ]; do mount -t tmpfs -o size=" + SIZE
            + " none \"$1\" || exit 1; shift; done; shift; exec \"$@\"";

    private EmptyFolders() {}

    /** The command, seeing the folders empty; the test is skipped where nobody may do that. */
    static List<String> seenBy(List<String> command, Path... folders) throws IOException, InterruptedException {
        assumeTrue(
                Outcome.of(List.of("sh", "-c", "unshare --user --map-root-user --mount mount -t tmpfs none /mnt"))
                                .exitCode()
                        == 0,
                "this machine does not let a test mount a folder of its own (unshare --user --mount)");
        List<String> all =
                new ArrayList<>(List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh"));
        for (Path folder : folders) {
            all.add(folder.toString());
        }
        all.add(":");
        all.addAll(command);
        return all;
    }
}
