package cn.kangka.api.platform;

import cn.kangka.kit.token.ServiceIdentity;
import cn.kangka.kit.token.SigningKey;
import io.quarkus.runtime.Startup;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;

/** The key of issuer {@code kangka}: tokens of citizens, staff, partners and terminals. Made at first start. */
@Startup
@ApplicationScoped
public class RegionKey {
    private final SigningKey key;

    public RegionKey(KeysConfig keys) {
        this.key = SigningKey.loadOrCreate(keys.folder(), ServiceIdentity.REGION);
    }

    /** Signs with ES256; issuer and audience are the region. */
    public String sign(JwtClaimsBuilder claims) {
        return key.sign(claims.audience(ServiceIdentity.REGION));
    }

    /** The public half as a JSON Web Key Set (RFC 7517). */
    public String jwks() {
        return key.jwks();
    }
}
