package cn.kangka.sandbox.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The environment variables that tie the services of one region together. */
final class ServiceEnvironment {
    private final Options options;

    ServiceEnvironment(Options options) {
        this.options = options;
    }

    Map<String, String> variables() {
        Ports ports = options.ports();
        String sandbox = options.data().resolve("sandbox").toString();
        Map<String, String> variables = new TreeMap<>();
        variables.put("KANGKA_DATA_FOLDER", options.data().toString());
        variables.put("KANGKA_DB_HOST", "localhost");
        variables.put("KANGKA_DB_PORT", Integer.toString(ports.postgres()));
        variables.put("KANGKA_REDIS_HOST", "localhost");
        variables.put("KANGKA_REDIS_PORT", Integer.toString(ports.redis()));
        variables.put("KANGKA_URL_API", Region.url(ports.api()));
        variables.put("KANGKA_URL_MOBILE_BFF", Region.url(ports.mobileBff()));
        variables.put("KANGKA_URL_NOTIFICATION", Region.url(ports.notification()));
        variables.put("KANGKA_URL_EMPI", Region.url(ports.empi()));
        // mobile-bff is a proxy before api and notification, on this machine.
        variables.put("KANGKA_PROXY_TRUSTED", "127.0.0.0/8,::1/128");
        variables.put("KANGKA_MLLP_PORT", Integer.toString(ports.mllp()));
        variables.put("KANGKA_SMS_URL", Region.url(ports.sandbox()));
        variables.put("KANGKA_FCM_URL", Region.url(ports.sandbox()) + "/fcm");
        variables.put("KANGKA_HOSPITAL_SOURCES_FILE", sandbox + "/sources.json");
        variables.put("KANGKA_PARTNER_CLIENTS_FILE", sandbox + "/clients.json");
        variables.put("KANGKA_AGENT_STAFF_FILE", sandbox + "/staff.json");
        variables.put("KANGKA_AGENT_SANDBOX_LOGIN", "true");
        // Who tries out a visit that nobody comes to should not wait for minutes.
        variables.put("KANGKA_APPOINTMENT_MISSED_EVERY", "10s");
        // Seven hospitals that release in the same second would be one rush; the first releases at the region's 18:00.
        variables.put(
                "KANGKA_DIRECTORY_RELEASE_TIMES", "H002=18:05,H003=18:10,H004=18:15,H005=18:20,H006=18:25,H007=18:30");
        // No video service here: the link shows what a hospital's would get.
        variables.put("KANGKA_REMOTE_JOIN_URL", "https://video.example.org/join?visit={appointment}&token={token}");
        variables.put("KANGKA_LOG_JSON", "false");
        variables.put("MALLOC_ARENA_MAX", "2");
        return variables;
    }

    static Map<String, String> of(Map<String, String> shared, Service service) {
        Map<String, String> variables = new TreeMap<>(shared);
        variables.put("QUARKUS_HTTP_PORT", Integer.toString(service.port()));
        return variables;
    }

    /** What to type to run a service that was left out. */
    static String byHand(Options options, String service) {
        return "%s: set -a; . '%s/run/%s.env'; set +a; ./mvnw -pl %s -am quarkus:dev"
                .formatted(service, options.data(), service, service);
    }

    /** For a service that somebody runs by hand: a file to source before dev mode. */
    static void writeForHand(Options options, Service service, Map<String, String> shared) {
        String text = of(shared, service).entrySet().stream()
                .map(each -> each.getKey() + "='" + each.getValue() + "'\n")
                .collect(Collectors.joining());
        try {
            Files.writeString(options.data().resolve("run").resolve(service.name() + ".env"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
