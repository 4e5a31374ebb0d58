package cn.kangka.sandbox.launch;

import java.util.List;

/**
 * One of the four services as a process: the same jar that would be deployed.
 *
 * @param name folder of its module
 * @param port where it listens for HTTP
 * @param heapMegabytes its largest heap; all processes together stay below 2 GiB
 */
public record Service(String name, int port, int heapMegabytes) {
    static final List<String> NAMES = List.of("api", "empi", "mobile-bff", "notification");

    /** In the order of starting: whoever is asked by others first. */
    static List<Service> all(Ports ports) {
        return List.of(
                new Service("empi", ports.empi(), 256),
                new Service("api", ports.api(), 256),
                new Service("notification", ports.notification(), 160),
                new Service("mobile-bff", ports.mobileBff(), 96));
    }
}
