package cn.kangka.kit.token;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * The public keys of every issuer this service believes, read from the trust folder at start and every five seconds, on
 * a worker: looking a key up never blocks. File name = issuer, so nobody signs in another's name.
 */
@ApplicationScoped
public class TrustedKeys {
    private static final Logger LOG = Logger.getLogger(TrustedKeys.class);
    private static final String SUFFIX = ".jwks.json";
    private static final long RELOAD_MILLIS = 5_000;

    private final ServiceIdentity identity;
    private final Vertx vertx;
    private volatile Map<String, PublicKey> keys = Map.of();

    public TrustedKeys(ServiceIdentity identity, Vertx vertx) {
        this.identity = identity;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        reload();
        vertx.setPeriodic(RELOAD_MILLIS, timer -> vertx.executeBlocking(() -> {
                    reload();
                    return null;
                })
                .onFailure(failure -> LOG.warn("cannot read the trust folder", failure)));
    }

    /** The issuer's public key of that id, or null when it is unknown or another issuer's. */
    PublicKey find(String issuer, String keyId) {
        return keys.get(issuer + "\n" + keyId);
    }

    private void reload() {
        Map<String, PublicKey> found = new HashMap<>();
        Path trust = identity.keysFolder().resolve("trust");
        if (!Files.isDirectory(trust)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(trust, "*" + SUFFIX)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                read(file, name.substring(0, name.length() - SUFFIX.length()), found);
            }
        } catch (IOException e) {
            LOG.warnf("cannot list the trust folder: %s", e.toString());
            return;
        }
        keys = Map.copyOf(found);
    }

    private static void read(Path file, String issuer, Map<String, PublicKey> found) {
        try {
            for (JsonWebKey key : new JsonWebKeySet(Files.readString(file)).getJsonWebKeys()) {
                if (key instanceof PublicJsonWebKey pair && key.getKeyId() != null) {
                    found.put(issuer + "\n" + key.getKeyId(), pair.getPublicKey());
                }
            }
        } catch (IOException | JoseException e) {
            LOG.warnf("not a key set: %s (%s)", file, e.toString());
        }
    }
}
