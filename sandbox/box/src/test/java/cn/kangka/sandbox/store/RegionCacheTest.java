package cn.kangka.sandbox.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RegionCacheTest {
    @Test
    void whoever_was_killed_is_dead_and_another_is_started_in_its_place() throws Exception {
        RegionCache cache = RegionCache.start(0);
        int port = cache.port();
        ProcessHandle process = ProcessHandle.of(cache.pid()).orElseThrow();
        assertThat(cache.alive()).isTrue();

        process.destroyForcibly();
        process.onExit().get(10, TimeUnit.SECONDS);

        assertThat(cache.alive()).isFalse();
        cache.close();
        try (RegionCache next = RegionCache.start(port)) {
            assertThat(next.alive()).isTrue();
            assertThat(next.pid()).isNotEqualTo(process.pid());
        }
    }
}
