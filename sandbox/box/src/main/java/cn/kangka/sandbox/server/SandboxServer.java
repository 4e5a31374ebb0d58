package cn.kangka.sandbox.server;

import cn.kangka.sandbox.dicomweb.PictureArchive;
import cn.kangka.sandbox.hospital.Hospitals;
import cn.kangka.sandbox.provider.FakeFcm;
import cn.kangka.sandbox.provider.FakeSms;
import cn.kangka.sandbox.region.Client;
import cn.kangka.sandbox.region.DemoRegion;
import cn.kangka.sandbox.region.RegionFiles;
import cn.kangka.sandbox.region.SandboxSettings;
import cn.kangka.sandbox.region.StaffMember;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The sandbox over HTTP, in the shapes of the contract ("Sandbox"), and the page that shows it to a person. */
public final class SandboxServer {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST = 10_000;
    private static final Set<String> MACHINES = Set.of("terminal", "service", "hospital");

    private final SandboxSettings settings;
    private final RegionFiles files;
    private final Hospitals hospitals;
    private final People people;

    public SandboxServer(SandboxSettings settings, RegionFiles files, Hospitals hospitals, People people) {
        this.settings = settings;
        this.files = files;
        this.hospitals = hospitals;
        this.people = people;
    }

    /** Listens on the loopback address. */
    public Future<Void> start(Vertx vertx, int port, DemoRegion region, LocalDate firstDay) {
        Router router = Router.router(vertx);
        FakeSms.mount(router);
        FakeFcm.mount(router);
        PictureArchive.mount(router, region, firstDay);
        json(router, "/agents", this::agents);
        json(router, "/partners", () -> clients(Set.of("partner")));
        json(router, "/clients", () -> clients(MACHINES));
        router.get("/people").handler(this::people);
        router.get("/status").handler(context -> answer(context, 200, status()));
        HospitalRoutes.mount(router, hospitals);
        router.route().handler(StaticHandler.create("sandbox-page").setCachingEnabled(false));
        router.errorHandler(404, context -> Problem.answer(context, 404, "not-found"));
        router.errorHandler(500, context -> Problem.answer(context, 500, "internal-error"));
        return vertx.createHttpServer()
                .requestHandler(router)
                .listen(port, "127.0.0.1")
                .mapEmpty();
    }

    private static void json(Router router, String path, Supplier<JsonArray> list) {
        router.get(path).handler(context -> answer(context, 200, list.get()));
    }

    static void answer(RoutingContext context, int status, Object body) {
        context.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .end(body.toString());
    }

    private void people(RoutingContext context) {
        String limit = context.queryParams().get("limit");
        String offset = context.queryParams().get("offset");
        if (isNumber(limit) && isNumber(offset)) {
            answer(context, 200, people.list(Math.min(MOST, number(limit, DEFAULT_LIMIT)), number(offset, 0)));
        } else {
            Problem.answer(context, 400, "validation");
        }
    }

    private static boolean isNumber(String text) {
        return text == null || text.matches("\\d{1,7}");
    }

    private static int number(String text, int otherwise) {
        return text == null ? otherwise : Integer.parseInt(text);
    }

    private JsonArray agents() {
        JsonArray agents = new JsonArray();
        for (StaffMember member : files.staff()) {
            agents.add(new JsonObject()
                    .put("username", member.username())
                    .put("password", member.password())
                    .put("role", member.roles().get(0))
                    .put("sources", new JsonArray(member.sources()))
                    .put("name", member.name()));
        }
        return agents;
    }

    private JsonArray clients(Set<String> roles) {
        List<Client> wanted = files.clients().stream()
                .filter(client -> roles.contains(client.role()))
                .toList();
        JsonArray clients = new JsonArray();
        for (Client client : wanted) {
            clients.add(RegionFiles.json(client)
                    .put("privateKeyJwk", files.keys().privateJwk(client.clientId()))
                    .put(
                            "tokenEndpoint",
                            settings.api().resolve("/oauth2/token").toString()));
        }
        return clients;
    }

    private JsonObject status() {
        return new JsonObject()
                .put("people", people.count())
                .put("complete", people.isComplete())
                .put("residents", settings.people())
                .put("api", settings.api().toString())
                .put("app", settings.app().toString())
                .put("demoPerson", people.first().orElse(null));
    }
}
