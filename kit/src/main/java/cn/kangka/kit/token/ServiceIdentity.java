package cn.kangka.kit.token;

import java.nio.file.Path;

/**
 * Who this process is among the services, and whom it believes.
 *
 * @param name issuer of its tokens and audience of those it accepts: {@code api}, {@code empi}, {@code notification},
 *     {@code mobile-bff}
 * @param keysFolder holds {@code <issuer>.private.jwk} (own key, generated at first start when absent) and {@code
 *     trust/<issuer>.jwks.json} (public keys of everybody whose tokens are accepted)
 */
public record ServiceIdentity(String name, Path keysFolder) {
    /** Issuer of the tokens of citizens, staff, partners and terminals; their audience is every service. */
    public static final String REGION = "kangka";
}
