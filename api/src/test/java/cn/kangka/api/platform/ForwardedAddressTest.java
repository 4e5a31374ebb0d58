package cn.kangka.api.platform;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.api.testing.Neighbours;
import cn.kangka.api.testing.Phones;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** 127.0.0.1 is a trusted proxy of this test, 127.0.0.2 is anybody. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class ForwardedAddressTest {
    @Test
    void what_a_trusted_proxy_says_counts_for_that_address_only() {
        for (int i = 0; i < Neighbours.CODES_PER_ADDRESS_HOUR; i++) {
            assertThat(codeThroughProxy("203.0.113.7").statusCode()).isEqualTo(202);
        }

        codeThroughProxy("203.0.113.7").then().statusCode(429).body("type", equalTo("/problems/too-many-requests"));
        codeThroughProxy("203.0.113.8").then().statusCode(202);
    }

    @Test
    void what_anybody_else_says_is_ignored() throws IOException {
        for (int i = 0; i < Neighbours.CODES_PER_ADDRESS_HOUR; i++) {
            codeThroughProxy("203.0.113.9");
        }
        codeThroughProxy("203.0.113.9").then().statusCode(429);

        assertThat(codeFrom("127.0.0.2", "203.0.113.9")).startsWith("HTTP/1.1 202");
    }

    private static Response codeThroughProxy(String client) {
        return given().header("X-Forwarded-For", client)
                .contentType(ContentType.JSON)
                .body(Map.of("phone", Phones.next()))
                .post("/v1/login/codes");
    }

    /** The answer's first line. */
    private static String codeFrom(String peer, String said) throws IOException {
        byte[] body = ("{\"phone\":\"" + Phones.next() + "\"}").getBytes(UTF_8);
        InetAddress server = InetAddress.getByName("127.0.0.1");
        try (Socket socket = new Socket(server, RestAssured.port, InetAddress.getByName(peer), 0)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("POST /v1/login/codes HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                    + "X-Forwarded-For: " + said
                                    + "\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length + "\r\n\r\n")
                            .getBytes(UTF_8));
            socket.getOutputStream().write(body);
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }
}
