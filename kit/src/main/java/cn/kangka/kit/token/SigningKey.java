package cn.kangka.kit.token;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * An issuer's EC P-256 key (ES256, RFC 7518): made at first start, then read. Its public half is published in the trust
 * folder, where the other services find it.
 */
public final class SigningKey {
    private final String issuer;
    private final EllipticCurveJsonWebKey key;

    private SigningKey(String issuer, EllipticCurveJsonWebKey key) {
        this.issuer = issuer;
        this.key = key;
    }

    /** Reads the issuer's private key from the folder, or makes it; publishes the public half. */
    public static SigningKey loadOrCreate(Path folder, String issuer) {
        Path file = folder.resolve(issuer + ".private.jwk");
        try {
            if (!Files.exists(file)) {
                create(folder, file);
            }
            SigningKey key =
                    new SigningKey(issuer, (EllipticCurveJsonWebKey) JsonWebKey.Factory.newJwk(Files.readString(file)));
            key.publish(folder.resolve("trust"));
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read or make the signing key " + file, e);
        } catch (JoseException e) {
            throw new IllegalStateException("not a private key: " + file, e);
        }
    }

    private static void create(Path folder, Path file) throws IOException, JoseException {
        Files.createDirectories(folder);
        EllipticCurveJsonWebKey fresh = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        fresh.setKeyId(fresh.calculateBase64urlEncodedThumbprint("SHA-256"));
        fresh.setAlgorithm("ES256");
        fresh.setUse("sig");
        Path temporary = Files.createTempFile(folder, "key", ".tmp");
        Files.writeString(temporary, fresh.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
        try {
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            // Another replica was first: its key is the key.
        } finally {
            Files.delete(temporary);
        }
    }

    private void publish(Path trust) throws IOException {
        Path file = trust.resolve(issuer + ".jwks.json");
        if (Files.exists(file) && Files.readString(file).equals(jwks())) {
            return;
        }
        if (Files.exists(trust) && !Files.isWritable(trust)) {
            return; // In a cluster the folder is a mounted Secret that somebody else filled.
        }
        Files.createDirectories(trust);
        Path temporary = Files.createTempFile(trust, "jwks", ".tmp");
        Files.writeString(temporary, jwks());
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The public key as a JSON Web Key Set (RFC 7517). */
    public String jwks() {
        return new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    /** Signs the claims; {@code iss}, {@code kid} and the algorithm are this key's. */
    public String sign(JwtClaimsBuilder claims) {
        return claims.issuer(issuer)
                .jws()
                .keyId(key.getKeyId())
                .algorithm(io.smallrye.jwt.algorithm.SignatureAlgorithm.ES256)
                .sign(key.getPrivateKey());
    }

    /** Claims to fill and {@link #sign}. */
    public static JwtClaimsBuilder claims() {
        return Jwt.claims();
    }
}
