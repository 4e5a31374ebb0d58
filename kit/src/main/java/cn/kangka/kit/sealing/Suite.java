package cn.kangka.kit.sealing;

import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Algorithms that belong together: AES-256-GCM and HMAC-SHA-256 of the Java platform, or SM4-GCM (GB/T 32907) and HMAC-SM3
 * (GB/T 32905) of BouncyCastle.
 */
public enum Suite {
    /** International. */
    AES((byte) 1, 32, "AES/GCM/NoPadding", "HmacSHA256"),
    /** Chinese commercial cryptography (国密). */
    SM((byte) 2, 16, "SM4/GCM/NoPadding", "HmacSM3");

    static final int HASH_KEY_BYTES = 32;
    private static final Suite[] ALL = values();
    private static final Provider CHINESE = new BouncyCastleProvider();

    /** First byte of an envelope. */
    final byte version;

    final int keyBytes;
    private final String transformation;
    private final String mac;

    Suite(byte version, int keyBytes, String transformation, String mac) {
        this.version = version;
        this.keyBytes = keyBytes;
        this.transformation = transformation;
        this.mac = mac;
    }

    /** The suite of an envelope; null when it is none. */
    static Suite of(byte version) {
        for (Suite suite : ALL) {
            if (suite.version == version) {
                return suite;
            }
        }
        return null;
    }

    /** As keys of it are called in a keys file: {@code seal.2.sm}. */
    String suffix() {
        return this == AES ? "" : "." + name().toLowerCase(Locale.ROOT);
    }

    SecretKeySpec key(byte[] bytes) {
        return new SecretKeySpec(bytes, transformation.substring(0, transformation.indexOf('/')));
    }

    Cipher cipher() {
        try {
            return this == AES ? Cipher.getInstance(transformation) : Cipher.getInstance(transformation, CHINESE);
        } catch (GeneralSecurityException e) {
            throw new SealingException("there is no " + transformation, e);
        }
    }

    Mac mac(byte[] key) {
        try {
            Mac made = this == AES ? Mac.getInstance(mac) : Mac.getInstance(mac, CHINESE);
            made.init(new SecretKeySpec(key, mac));
            return made;
        } catch (GeneralSecurityException e) {
            throw new SealingException("there is no " + mac, e);
        }
    }
}
