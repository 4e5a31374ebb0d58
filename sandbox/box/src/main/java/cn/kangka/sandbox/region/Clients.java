package cn.kangka.sandbox.region;

import java.util.ArrayList;
import java.util.List;

/** The demo's clients: a bank, a telecom, a web portal, a terminal in each hospital, the hospitals, one service for outside checks. */
final class Clients {
    private Clients() {}

    static List<Client> of(List<Institution> hospitals, List<Institution> centres) {
        List<String> booking = List.of("slots:read", "appointments:write");
        List<Client> clients = new ArrayList<>();
        clients.add(new Client("bank-yunjiang", "云江银行", "partner", "bank", List.of(), booking));
        clients.add(new Client("telecom-yunjiang", "云江电信", "partner", "telecom", List.of(), booking));
        clients.add(new Client("portal-yunjiang", "云江市民网", "partner", "web", List.of(), booking));
        for (Institution hospital : hospitals) {
            clients.add(new Client(
                    "terminal-" + hospital.id(),
                    hospital.name() + "自助机",
                    "terminal",
                    null,
                    List.of(hospital.id()),
                    List.of("card-codes:verify")));
        }
        for (Institution hospital : hospitals) {
            clients.add(hospital("hospital-" + hospital.id(), hospital.name(), List.of(hospital.id())));
        }
        clients.add(hospital(
                "hospital-" + DemoRegion.CENTRES_LINE,
                "社区卫生服务中心",
                centres.stream().map(Institution::id).toList()));
        clients.add(new Client("outside-checks", "外部检查", "service", null, List.of(), List.of()));
        return clients;
    }

    private static Client hospital(String id, String name, List<String> sources) {
        return new Client(id, name, "hospital", null, sources, List.of("directory:write"));
    }
}
