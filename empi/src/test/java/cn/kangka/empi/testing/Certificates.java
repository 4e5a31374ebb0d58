package cn.kangka.empi.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate authority with its keys in a folder, made by the JDK's own keytool. */
public final class Certificates {
    public static final String PASSWORD = "changeit";

    private final Path folder;
    private final String authority;

    public Certificates(Path folder, String authority) {
        this.folder = folder;
        this.authority = authority;
        List<String> make = new ArrayList<>(List.of("-genkeypair", "-alias", "ca", "-dname", "CN=" + authority));
        make.addAll(List.of("-ext", "bc:c", "-keyalg", "EC", "-groupname", "secp256r1", "-validity", "30"));
        keytool(store(authority), make);
        keytool(store(authority), List.of("-exportcert", "-rfc", "-alias", "ca", "-file", pem(authority)));
        keytool(trust(), List.of("-importcert", "-noprompt", "-alias", "ca", "-file", pem(authority)));
    }

    /** Trust in this authority: a PKCS #12 file. */
    public Path trust() {
        return store(authority + ".trust");
    }

    /** A key with a certificate of this authority, a PKCS #12 file; another one when there was one. */
    public Path issue(String commonName, String dnsName) {
        Path store = store(commonName);
        try {
            Files.deleteIfExists(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keytool(
                store,
                List.of(
                        "-genkeypair",
                        "-alias",
                        "key",
                        "-dname",
                        "CN=" + commonName,
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-validity",
                        "30"));
        keytool(store, List.of("-certreq", "-alias", "key", "-file", pem("request")));
        keytool(
                store(authority),
                List.of(
                        "-gencert",
                        "-rfc",
                        "-alias",
                        "ca",
                        "-infile",
                        pem("request"),
                        "-outfile",
                        pem("issued"),
                        "-ext",
                        "san=dns:" + dnsName,
                        "-validity",
                        "30"));
        keytool(store, List.of("-importcert", "-noprompt", "-alias", "ca", "-file", pem(authority)));
        keytool(store, List.of("-importcert", "-noprompt", "-alias", "key", "-file", pem("issued")));
        return store;
    }

    /** TLS with a key of anybody's, trusting this authority; without a key when there is none. */
    public SSLContext context(Path key) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(open(trust()));
            KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            own.init(key == null ? null : open(key), PASSWORD.toCharArray());
            context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore open(Path path) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(path)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private String pem(String name) {
        return folder.resolve(name + ".pem").toString();
    }

    private static void keytool(Path store, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(told);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
