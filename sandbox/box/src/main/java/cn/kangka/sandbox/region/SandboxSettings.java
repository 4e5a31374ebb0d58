package cn.kangka.sandbox.region;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/**
 * What the launcher decides about the sandbox.
 *
 * @param dataFolder the region's data folder; ours is {@code sandbox} in it
 * @param port of the sandbox' pages and fake providers; 0 for a free one
 * @param mllpPortBase hospitals listen on this + 1 to 7, the centres on this + 8; 0 for free ports
 * @param empi base URL of empi, {@code api} of api
 * @param empiMllpHost where empi listens for MLLP, {@code empiMllpPort} on which port
 * @param app where the citizen web app is, for a link
 * @param demo whether there are people, doctors and slots; without, only the files and the fake providers
 * @param people how many residents
 * @param pace messages a minute that the living region sends over all hospitals; 0 for none
 * @param seed of everything that is left to chance
 * @param connectionsPerHospital parallel MLLP connections of each while seeding
 * @param clock the region's
 */
public record SandboxSettings(
        Path dataFolder,
        int port,
        int mllpPortBase,
        URI empi,
        String empiMllpHost,
        int empiMllpPort,
        URI api,
        URI app,
        boolean demo,
        int people,
        double pace,
        long seed,
        int connectionsPerHospital,
        Clock clock) {
    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** The documented defaults: the ports of the architecture, 5,000 residents, four messages a minute. */
    public static SandboxSettings in(Path dataFolder) {
        return new SandboxSettings(
                dataFolder,
                8070,
                2580,
                URI.create("http://127.0.0.1:8083"),
                "127.0.0.1",
                2575,
                URI.create("http://127.0.0.1:8080"),
                URI.create("http://127.0.0.1:8081"),
                true,
                5_000,
                4,
                20_260_101,
                3,
                Clock.system(ZONE));
    }

    /** Where our own files are. */
    public Path folder() {
        return dataFolder.resolve("sandbox");
    }

    /** The sandbox' own ports; 0 for free ones. */
    public SandboxSettings withPorts(int newPort, int newMllpPortBase) {
        return new SandboxSettings(
                dataFolder,
                newPort,
                newMllpPortBase,
                empi,
                empiMllpHost,
                empiMllpPort,
                api,
                app,
                demo,
                people,
                pace,
                seed,
                connectionsPerHospital,
                clock);
    }

    /** Where the services are. */
    public SandboxSettings withServices(URI newEmpi, String newMllpHost, int newMllpPort, URI newApi) {
        return new SandboxSettings(
                dataFolder,
                port,
                mllpPortBase,
                newEmpi,
                newMllpHost,
                newMllpPort,
                newApi,
                app,
                demo,
                people,
                pace,
                seed,
                connectionsPerHospital,
                clock);
    }

    /** Where the citizen web app is. */
    public SandboxSettings withApp(URI newApp) {
        return new SandboxSettings(
                dataFolder,
                port,
                mllpPortBase,
                empi,
                empiMllpHost,
                empiMllpPort,
                api,
                newApp,
                demo,
                people,
                pace,
                seed,
                connectionsPerHospital,
                clock);
    }

    /** How big and how lively the demo is. */
    public SandboxSettings withDemo(boolean newDemo, int newPeople, double newPace) {
        return new SandboxSettings(
                dataFolder,
                port,
                mllpPortBase,
                empi,
                empiMllpHost,
                empiMllpPort,
                api,
                app,
                newDemo,
                newPeople,
                newPace,
                seed,
                connectionsPerHospital,
                clock);
    }

    /** Another clock, for tests of what follows it. */
    public SandboxSettings withClock(Clock newClock) {
        return new SandboxSettings(
                dataFolder,
                port,
                mllpPortBase,
                empi,
                empiMllpHost,
                empiMllpPort,
                api,
                app,
                demo,
                people,
                pace,
                seed,
                connectionsPerHospital,
                newClock);
    }
}
