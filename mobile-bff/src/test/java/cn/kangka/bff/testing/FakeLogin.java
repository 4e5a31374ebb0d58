package cn.kangka.bff.testing;

import static cn.kangka.bff.testing.FakeRegion.json;
import static cn.kangka.bff.testing.FakeRegion.problem;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Login by phone code: the code is always {@value #CODE}; a phone that ends in 9999 is asked to wait. */
final class FakeLogin {
    static final String CODE = "123456";

    private final Map<String, UUID> refreshTokens = new ConcurrentHashMap<>();

    FakeLogin(Router router) {
        router.post("/v1/login/codes").handler(FakeLogin::send);
        router.post("/v1/login").handler(this::login);
        router.post("/v1/login/refresh").handler(this::refresh);
        router.post("/v1/logout").handler(this::end);
    }

    static UUID account(String phone) {
        return UUID.nameUUIDFromBytes(phone.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(RoutingContext routing) {
        String phone = routing.body().asJsonObject().getString("phone");
        if (phone.endsWith("9999")) {
            routing.response().putHeader("Retry-After", "42");
            problem(routing, 429, "too-many-codes", "请在 42 秒后再获取验证码。", "Please ask for a new code in 42 seconds.");
            return;
        }
        routing.response().setStatusCode(202).end();
    }

    private void login(RoutingContext routing) {
        JsonObject asked = routing.body().asJsonObject();
        if (!CODE.equals(asked.getString("code"))) {
            problem(routing, 401, "login-code-wrong", "验证码不正确或已过期。", "The code is wrong or has expired.");
            return;
        }
        UUID account = account(asked.getString("phone"));
        if (asked.getString("phone").startsWith("139")) {
            FakePerson.of(account).level(2);
        }
        grant(routing, account);
    }

    private void refresh(RoutingContext routing) {
        UUID account = refreshTokens.remove(routing.body().asJsonObject().getString("refreshToken"));
        if (account == null) {
            problem(routing, 401, "session-over", "登录已失效,请重新登录。", "The session is over; please log in again.");
            return;
        }
        grant(routing, account);
    }

    private void end(RoutingContext routing) {
        refreshTokens.values().removeIf(FakeRegion.account(routing)::equals);
        routing.response().setStatusCode(204).end();
    }

    private void grant(RoutingContext routing, UUID account) {
        String refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, account);
        json(
                routing,
                new JsonObject()
                        .put(
                                "accessToken",
                                FakeRegion.token(account, FakePerson.of(account).level()))
                        .put("refreshToken", refresh)
                        .put("expiresIn", 600));
    }
}
