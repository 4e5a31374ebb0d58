package cn.kangka.sandbox.launch;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortsTest {
    private final Ports ports = Ports.free();

    @Test
    void a_port_that_is_busy_on_the_loopback_address_only_is_busy() throws IOException {
        try (ServerSocket other = new ServerSocket(ports.postgres(), 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> ports.demandFree(Set.of()))
                    .hasMessageStartingWith("Port " + other.getLocalPort() + " (PostgreSQL) is in use");
        }
    }

    @Test
    void the_last_hospital_counts_too() throws IOException {
        try (ServerSocket other = new ServerSocket(ports.hospitals() + 7)) {
            assertThatThrownBy(() -> ports.demandFree(Set.of()))
                    .hasMessageStartingWith("Port " + other.getLocalPort() + " (simulated hospital 8) is in use");
        }
    }

    /** Who restarts the region keeps the service in dev mode running. */
    @Test
    void the_ports_of_a_service_left_out_may_be_busy() throws IOException {
        try (ServerSocket http = new ServerSocket(ports.empi());
                ServerSocket mllp = new ServerSocket(ports.mllp())) {
            assertThatThrownBy(() -> ports.demandFree(Set.of("api"))).hasMessageContaining("" + http.getLocalPort());
            assertThatCode(() -> ports.demandFree(Set.of("empi")))
                    .as("also on %d", mllp.getLocalPort())
                    .doesNotThrowAnyException();
        }
    }
}
