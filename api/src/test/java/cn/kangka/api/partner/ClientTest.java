package cn.kangka.api.partner;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which clients may be registered. */
class ClientTest {
    private static Client partner(String channel) {
        return new Client(
                "c1",
                "partner",
                "合作方",
                channel,
                null,
                List.of(),
                List.of("appointments:write"),
                JsonNodeFactory.instance.objectNode().put("kty", "EC"));
    }

    @Test
    void a_partner_books_from_the_quota_of_banks_telecoms_or_portals() {
        for (String channel : List.of("bank", "telecom", "web")) {
            assertThat(partner(channel).fault()).isNull();
        }
    }

    @Test
    void nobody_is_registered_for_the_quota_of_the_app_or_the_call_centre() {
        for (String channel : List.of("app", "call-centre", "APP", "")) {
            assertThat(partner(channel).fault()).isNotNull();
        }
        assertThat(partner(null).fault()).isNotNull();
    }
}
