package cn.kangka.api.platform;

import cn.kangka.kit.sealing.Sealer;
import cn.kangka.kit.token.ServiceIdentity;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;

/** Gives the kit what it needs to know of this service. */
final class Wiring {
    private static final String NAME = "api";

    @Produces
    @Singleton
    ServiceIdentity identity(KeysConfig keys) {
        return new ServiceIdentity(NAME, keys.folder());
    }

    @Produces
    @Singleton
    Sealer sealer(KeysConfig keys) {
        return Sealer.of(
                keys.folder().resolve(NAME + ".sealing.properties"),
                keys.algorithms(),
                keys.reload(),
                keys.kms(),
                keys.kmsToken());
    }

    void close(@Disposes Sealer sealer) {
        sealer.close();
    }

    /** The region's clock; injected wherever a rule asks for the time, so that tests can move it. */
    @Produces
    @Singleton
    Clock clock() {
        return Clock.system(ZoneId.of("Asia/Shanghai"));
    }
}
