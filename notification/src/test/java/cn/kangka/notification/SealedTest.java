package cn.kangka.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Providers.class)
class SealedTest {
    @Inject
    Pool pool;

    @Test
    void no_phone_token_code_or_text_lies_open_in_the_database() {
        String phone = Told.phone();
        String token = Told.token();
        UUID account = Told.account(phone, token);
        Told.accepted(Told.booking(account));
        String other = Told.phone();
        Told.accepted(Told.loginCode(other, "774411"));

        assertThat(rowsWith("inbox_item", account.toString())).isPositive();
        for (String table : new String[] {"notice", "delivery", "inbox_item", "account_contact", "endpoint"}) {
            for (String secret : new String[] {phone, token, other, "774411", "心内科", "王医生"}) {
                assertThat(rowsWith(table, secret)).as(table).isZero();
                assertThat(rowsWith(table, hex(secret))).as(table).isZero();
            }
        }
    }

    /** Counted in the database: other tests leave many rows. A bytea shows its bytes in hex. */
    private long rowsWith(String table, String text) {
        return pool.preparedQuery("select count(*) from " + table + " where position($1 in " + table + "::text) > 0")
                .execute(Tuple.of(text))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte each : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            hex.append(String.format("%02x", each));
        }
        return hex.toString();
    }
}
