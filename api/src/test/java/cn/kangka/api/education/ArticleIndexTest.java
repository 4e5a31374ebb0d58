package cn.kangka.api.education;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The search statement on a table far larger than ours, with the planner as it is in production. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class ArticleIndexTest {
    private static final int ROWS = 5_000;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void a_word_of_two_characters_is_found_by_the_index() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "api", password);
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table article (like api.article including all)");
            fill(connection);
            statement.execute("analyze article");

            String plan = explain(statement, SearchTerms.everyWord("血压"));

            assertThat(plan).contains("Bitmap Index Scan").doesNotContain("Seq Scan");
        }
    }

    private static void fill(Connection connection) throws SQLException {
        Random random = new Random(7);
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into article select ?, 'zh-CN', gen_random_uuid(), '', '', '{}', '{}', '{}', '{}', '{}',"
                        + " current_date, '', '', ?::tsvector")) {
            for (int i = 0; i < ROWS; i++) {
                StringBuilder text = new StringBuilder();
                random.ints(60, 0x4E00, 0x5E00).forEach(text::appendCodePoint);
                insert.setString(1, "filler-" + i);
                insert.setString(
                        2,
                        new SearchTerms()
                                .add('C', i % 1_000 == 0 ? text + "血压" : text.toString())
                                .vector());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static String explain(Statement statement, String query) throws SQLException {
        String sql = ArticleStore.SEARCH
                .replace("$1", "'zh-CN'")
                .replace("$2", "'" + query.replace("'", "''") + "'")
                .replace("$3", "null")
                .replace("$4", "null::bigint")
                .replace("$5", "null")
                .replace("$6", "20");
        StringBuilder plan = new StringBuilder();
        try (ResultSet rows = statement.executeQuery("explain " + sql)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
