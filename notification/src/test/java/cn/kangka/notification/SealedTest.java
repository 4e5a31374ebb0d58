package cn.kangka.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
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

        for (String table : new String[] {"notice", "delivery", "inbox_item", "account_contact", "endpoint"}) {
            for (String secret : new String[] {phone, token, other, "774411", "心内科", "王医生"}) {
                assertThat(rowsThatShow(table, secret)).as(table).isZero();
            }
        }
        assertThat(rowsThatShow("inbox_item", account.toString()))
                .as("what is not sealed is found this way")
                .isPositive();
    }

    /**
     * Rows in which the text stands by itself, in any column: as the bytes of a bytea, or in anything else between
     * characters that are neither digit nor letter. A bare search would find six digits in a random id, in the hex of
     * a sealed value or in a microsecond every few runs.
     */
    private long rowsThatShow(String table, String text) {
        String quoted = text.replaceAll("([^\\p{L}\\p{N}])", "\\\\$1");
        String open = columns(table)
                .map(column -> column.getString("data_type").equals("bytea")
                        ? "position(convert_to(secret.plain, 'UTF8') in coalesce(" + column.getString("column_name")
                                + ", '')) > 0"
                        : column.getString("column_name")
                                + "::text ~* ('(?<![0-9a-z])' || secret.quoted || '(?![0-9a-z])')")
                .collect(Collectors.joining(" or "));
        return pool.preparedQuery("select count(*) from " + table
                        + ", (values ($1::text, $2::text)) as secret(plain, quoted) where " + open)
                .execute(Tuple.of(text, quoted))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private Stream<Row> columns(String table) {
        return StreamSupport.stream(
                pool.preparedQuery("select column_name, data_type from information_schema.columns"
                                + " where table_schema = current_schema() and table_name = $1"
                                + " and data_type not like 'timestamp%'")
                        .execute(Tuple.of(table))
                        .await()
                        .indefinitely()
                        .spliterator(),
                false);
    }
}
