package cn.kangka.sandbox.region;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;

/** The files that the services read at their start, docs/between-services.md. */
public final class RegionFiles {
    private static final String HARNESS_ARC = "2.16.840.1.113883.3.72.5.9.";

    /** MSH-3 and MSH-4 of messages that testers of HL7 software have at hand. */
    private static final List<List<String>> SAMPLE_SENDERS = List.of(
            List.of("ADTApp", "GHHSFacility"),
            List.of("ADT1", "GHHSFacility"),
            List.of("BARApp", "GHHSFacility"),
            List.of("IMMAPP", "GHHSFacility"),
            List.of("ORDApp", "GHHSFacility"),
            List.of("SCHApp", "GHHSFacility"),
            List.of("GHH", "GHHSFacility"),
            List.of("Ntierprise", "Ntierprise Clinic"),
            List.of("AccMgr", "1"),
            List.of("REDOX", "RDX"),
            List.of("SomeSystem", ""),
            List.of("PROSOLV", "XYZHOSPITAL"),
            List.of("IA PHIMS Stage", "IA Public Health Lab"),
            List.of("CASECENTER", "CASECENTER FACILITY"));

    private final List<Client> clients;
    private final ClientKeys keys;
    private final List<StaffMember> staff;

    private RegionFiles(List<Client> clients, ClientKeys keys, List<StaffMember> staff) {
        this.clients = clients;
        this.keys = keys;
        this.staff = staff;
    }

    /** Writes sources.json, clients.json and staff.json into the folder; keys and passwords are made only once. */
    public static RegionFiles prepare(Path folder, DemoRegion region, Ports ports) {
        List<Client> clients = Clients.of(region.hospitals(), region.centres());
        ClientKeys keys = ClientKeys.keep(folder.resolve("client-keys.json"), clients);
        List<StaffMember> staff = Staff.keep(folder.resolve("staff.json"));
        KeptFile.write(folder.resolve("sources.json"), sources(region, ports).encodePrettily());
        JsonArray known = new JsonArray();
        clients.forEach(client -> known.add(json(client).put("jwk", keys.publicJwk(client.clientId()))));
        KeptFile.write(folder.resolve("clients.json"), known.encodePrettily());
        return new RegionFiles(clients, keys, staff);
    }

    public List<Client> clients() {
        return clients;
    }

    public ClientKeys keys() {
        return keys;
    }

    public List<StaffMember> staff() {
        return staff;
    }

    /** A client without its key. */
    public static JsonObject json(Client client) {
        JsonObject json = new JsonObject()
                .put("clientId", client.clientId())
                .put("name", client.name())
                .put("role", client.role())
                .put("scopes", new JsonArray(client.scopes()));
        if (client.channel() != null) {
            json.put("channel", client.channel());
        }
        return switch (client.sources().size()) {
            case 0 -> json;
            case 1 -> json.put("source", client.sources().get(0));
            default -> json.put("source", DemoRegion.CENTRES_LINE).put("sources", new JsonArray(client.sources()));
        };
    }

    private static JsonArray sources(DemoRegion region, Ports ports) {
        JsonArray sources = new JsonArray();
        for (Institution institution : region.institutions()) {
            sources.add(source(institution, ports));
        }
        harness(sources, "TEST_HARNESS", "TEST", 1, false);
        harness(sources, "TEST_HARNESS_A", "TEST_A", 2, false);
        harness(sources, "TEST_HARNESS_B", "TEST_B", 3, false);
        harness(sources, "NID_AUTH", "NID", 9, true);
        fhirHarness(sources);
        for (int i = 0; i < SAMPLE_SENDERS.size(); i++) {
            sample(sources, i + 1, SAMPLE_SENDERS.get(i));
        }
        return sources;
    }

    private static JsonObject source(Institution institution, Ports ports) {
        boolean hospital = institution.kind() == Institution.Kind.HOSPITAL;
        JsonObject source = new JsonObject()
                .put("id", institution.id())
                .put("name", institution.name())
                .put("kind", institution.kind().name())
                .put("facility", institution.id())
                .put("application", institution.application())
                .put("authority", authority(institution.id(), institution.oid(), false))
                .put("mllpHost", "127.0.0.1")
                .put("mllpPort", ports.mllp().get(institution.line()))
                .put("charset", institution.charset().name())
                .put("bookingMode", institution.bookingMode().name())
                .put("subscribes", hospital);
        return hospital
                ? source.put(
                        "dicomWeb", "http://127.0.0.1:" + ports.http() + "/pacs/" + institution.id() + "/dicom-web")
                : source;
    }

    /** A sender of widespread HL7 v2 samples: names patients in whichever domain it likes, is told nothing. */
    private static void sample(JsonArray sources, int number, List<String> sender) {
        sources.add(guest("S%03d".formatted(number), sender.get(0), sender.get(1))
                .put("authority", authority("SAMPLE_" + number, null, false))
                .put("acceptsAnyAuthority", true));
    }

    /** Senders of the OpenHIE Client Registry test cases; nothing is ever sent to them. */
    private static void harness(JsonArray sources, String application, String domain, int oid, boolean citable) {
        sources.add(guest(application, application, "TEST")
                .put("authority", authority(domain, HARNESS_ARC + oid, citable)));
    }

    /** The sender of the test cases in FHIR: its domain has an OID and a URL. */
    private static void fhirHarness(JsonArray sources) {
        sources.add(guest("TEST_FHIR", "TEST_FHIR", "TEST")
                .put(
                        "authority",
                        authority("TEST_F", "1.3.6.1.4.1.52820.3.72.5.9.1", false)
                                .put("uri", "http://ohie.org/test/test")));
    }

    private static JsonObject guest(String id, String application, String facility) {
        return new JsonObject()
                .put("id", id)
                .put("name", application)
                .put("kind", Institution.Kind.HOSPITAL.name())
                .put("facility", facility)
                .put("application", application)
                .put("mllpPort", 0)
                .put("charset", "UTF-8")
                .put("bookingMode", BookingMode.KANGKA_FILLS.name())
                .put("subscribes", false);
    }

    private static JsonObject authority(String name, String oid, boolean citable) {
        return new JsonObject()
                .put("name", name)
                .put("oid", oid)
                .put("citableByAll", citable)
                .put("linksByItself", citable);
    }
}
