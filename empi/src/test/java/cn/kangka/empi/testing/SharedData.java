package cn.kangka.empi.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * Real inputs that nobody here wrote, which are not part of the repository: the system property {@code
 * kangka.shared.data}, or {@code ../shared/data} beside the repository or above. Tests that need them are skipped
 * without.
 */
public final class SharedData {
    private SharedData() {}

    /** A folder or file of it; the test is skipped when it is not there. */
    public static Path path(String name) {
        Path found = find(name);
        Assumptions.assumeTrue(found != null, () -> "skipped: no shared/data/" + name + " beside the repository");
        return found;
    }

    /** Whether it is there, for tests that only become better by it. */
    public static boolean present(String name) {
        return find(name) != null;
    }

    private static Path find(String name) {
        String given = System.getProperty("kangka.shared.data");
        if (given != null) {
            return existing(Path.of(given, name));
        }
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path found = existing(folder.resolve("shared/data").resolve(name));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static Path existing(Path path) {
        return Files.exists(path) ? path : null;
    }

    /** Files of a folder by name. */
    public static List<Path> files(String folder, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path(folder), glob)) {
            stream.forEach(files::add);
        }
        files.sort(Comparator.comparing(Path::getFileName));
        return files;
    }
}
