package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Where everything listens, all on this machine.
 *
 * @param hospitals the first of eight ports on which the simulated hospitals take HL7 messages
 */
public record Ports(
        int sandbox,
        int api,
        int mobileBff,
        int notification,
        int empi,
        int mllp,
        int postgres,
        int redis,
        int hospitals) {
    /** Seven hospitals, and the line of the community health centres. */
    private static final int HOSPITALS = 8;

    /** The ports of the contract. */
    public static Ports usual() {
        return new Ports(8070, 8080, 8081, 8082, 8083, 2575, 15432, 16379, 12575);
    }

    /** Twenty ports from {@code base} on, in the order of this record. */
    public static Ports from(int base) {
        return new Ports(base, base + 1, base + 2, base + 3, base + 4, base + 5, base + 6, base + 7, base + 8);
    }

    /** A free run of twenty ports, for tests beside a running region. */
    public static Ports free() {
        for (int base = 21_000; base < 29_000; base += 25) {
            Ports ports = from(base);
            if (ports.busy(Set.of()) == null) {
                return ports;
            }
        }
        throw new Refusal("There are no twenty free ports between 21000 and 29000.");
    }

    /**
     * Looks at every port that this launcher is about to open; those of services left out belong to who runs them.
     *
     * @throws Refusal naming the first port that somebody else uses
     */
    void demandFree(Set<String> without) {
        String busy = busy(without);
        if (busy != null) {
            throw new Refusal("Port " + busy
                    + " is in use by another program: stop that one, or choose other ports with --port-base N.");
        }
    }

    private String busy(Set<String> without) {
        for (Map.Entry<String, Integer> each : byName(without).entrySet()) {
            if (!free(each.getValue())) {
                return each.getValue() + " (" + each.getKey() + ")";
            }
        }
        return null;
    }

    private Map<String, Integer> byName(Set<String> without) {
        Map<String, Integer> names = new LinkedHashMap<>();
        names.put("sandbox", sandbox);
        names.put("api", api);
        names.put("mobile-bff", mobileBff);
        names.put("notification", notification);
        names.put("empi", empi);
        names.keySet().removeAll(without);
        if (!without.contains("empi")) {
            names.put("MLLP", mllp);
        }
        names.put("PostgreSQL", postgres);
        names.put("Redis", redis);
        for (int number = 1; number <= HOSPITALS; number++) {
            names.put("simulated hospital " + number, hospitals + number - 1);
        }
        return names;
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("0.0.0.0"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
