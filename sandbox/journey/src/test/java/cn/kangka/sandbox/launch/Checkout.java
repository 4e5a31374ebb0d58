package cn.kangka.sandbox.launch;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder that looks like this repository to {@code run}, which is a link to the real one. Tests run before Maven has
 * packaged this module, and {@code run} in the repository would start a build within the build.
 */
public final class Checkout {
    private static final List<String> SERVICES = List.of("empi", "api", "notification", "mobile-bff");

    private final Path folder;

    private Checkout(Path folder) {
        this.folder = folder;
    }

    /** As it was cloned: nothing is built, and {@code mvnw} is the given shell script. */
    static Checkout bare(Path folder, String mvnw) throws IOException {
        Path home = repository();
        Files.createDirectories(folder.resolve("sandbox/journey"));
        link(folder.resolve("run"), home.resolve("run"));
        link(folder.resolve("sandbox/journey/src"), home.resolve("sandbox/journey/src"));
        executable(folder.resolve("mvnw"), mvnw);
        for (String service : SERVICES) {
            Files.createDirectories(folder.resolve(service));
        }
        return new Checkout(folder);
    }

    /** With everything that Maven has built before these tests. */
    public static Checkout built() throws IOException {
        Path home = repository();
        Path folder = Path.of("target", "checkout").toAbsolutePath();
        Path launcher = folder.resolve("sandbox/journey/target");
        Files.createDirectories(launcher.resolve("lib"));
        link(folder.resolve("run"), home.resolve("run"));
        link(folder.resolve("sandbox/journey/src"), home.resolve("sandbox/journey/src"));
        link(launcher.resolve("classes"), home.resolve("sandbox/journey/target/classes"));
        String libraries = Files.readString(Path.of("target", "launcher-class-path"));
        for (String library : libraries.strip().split(File.pathSeparator, -1)) {
            Path jar = Path.of(library);
            link(launcher.resolve("lib").resolve(jar.getFileName()), jar);
        }
        for (String service : SERVICES) {
            link(folder.resolve(service), home.resolve(service));
        }
        Checkout checkout = new Checkout(folder);
        checkout.markBuilt();
        return checkout;
    }

    private static Path repository() {
        return Path.of("..", "..").toAbsolutePath().normalize();
    }

    private static void link(Path link, Path target) throws IOException {
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, target);
    }

    /** Writes a shell script. */
    static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }

    private void markBuilt() throws IOException {
        Path stamp = folder.resolve("sandbox/journey/target/built");
        Files.deleteIfExists(stamp);
        Files.createFile(stamp);
    }

    Path folder() {
        return folder;
    }

    String run() {
        return folder.resolve("run").toString();
    }
}
