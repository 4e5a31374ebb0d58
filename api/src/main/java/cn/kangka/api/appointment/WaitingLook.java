package cn.kangka.api.appointment;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.page.Page;
import jakarta.annotation.Nullable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a look at somebody's waiting lists shows.
 *
 * @param version another one whenever anything on the page is another
 * @param page null for who has seen this version
 */
public record WaitingLook(String version, @Nullable Page<WaitingView> page) {
    static WaitingLook of(Page<WaitingView> page) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(page.toString().getBytes(UTF_8));
            return new WaitingLook(HexFormat.of().formatHex(digest), page);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    WaitingLook unchanged() {
        return new WaitingLook(version, null);
    }
}
