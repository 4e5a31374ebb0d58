package cn.kangka.sandbox.region;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the sandbox listens.
 *
 * @param http pages and providers
 * @param mllp by line: a hospital's id, or {@link DemoRegion#CENTRES_LINE}
 */
public record Ports(int http, Map<String, Integer> mllp) {
    /** The settings' ports; free ones where those say 0. */
    public static Ports of(SandboxSettings settings, List<Institution> hospitals) {
        List<String> lines =
                new ArrayList<>(hospitals.stream().map(Institution::id).toList());
        lines.add(DemoRegion.CENTRES_LINE);
        List<ServerSocket> taken = new ArrayList<>();
        Map<String, Integer> mllp = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            int port = settings.mllpPortBase() == 0 ? free(taken) : settings.mllpPortBase() + 1 + i;
            mllp.put(lines.get(i), port);
        }
        int http = settings.port() == 0 ? free(taken) : settings.port();
        taken.forEach(Ports::release);
        return new Ports(http, mllp);
    }

    private static int free(List<ServerSocket> taken) {
        try {
            ServerSocket socket = new ServerSocket(0);
            taken.add(socket);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
