package cn.kangka.bff.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Starts the {@link FakeRegion} and points the tested service to it. */
public final class FakeRegionResource implements QuarkusTestResourceLifecycleManager {
    /** Where a trusted proxy connects from. */
    public static final String INGRESS = "127.0.0.2";

    @Override
    public Map<String, String> start() {
        FakeRegion region = FakeRegion.started();
        return Map.of(
                "kangka.url.api",
                "http://localhost:" + region.apiPort(),
                "kangka.url.notification",
                "http://localhost:" + region.notificationPort(),
                "kangka.backend.silence",
                "2s",
                // An ingress on this machine; the address from which tests come is nobody's proxy.
                "kangka.proxy.trusted",
                INGRESS + "/32",
                // Tests that break a service on purpose must not open its circuit for the others.
                "kangka.backend.window",
                "1000");
    }

    @Override
    public void stop() {
        // Lives as long as the test run.
    }
}
