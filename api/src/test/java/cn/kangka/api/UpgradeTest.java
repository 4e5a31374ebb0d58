package cn.kangka.api;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.sandbox.store.RegionDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a region has written down before an upgrade means the same after it. */
class UpgradeTest {
    private static final String SERVICE = "api";

    private RegionDatabase database;
    private String url;

    @BeforeEach
    void an_empty_database() {
        database = RegionDatabase.start(null, 0, false);
        url = "jdbc:postgresql://localhost:" + database.port() + "/kangka?currentSchema=api";
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private void upTo(String version) {
        Flyway.configure()
                .dataSource(url, SERVICE, SERVICE)
                .defaultSchema(SERVICE)
                .locations("db/migration", "db/kit/outbox", "db/kit/idempotency", "db/kit/audit")
                .target(version)
                .load()
                .migrate();
    }

    private List<String> sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, SERVICE, SERVICE);
                Statement statement = connection.createStatement()) {
            List<String> lines = new ArrayList<>();
            if (statement.execute(sql)) {
                ResultSet rows = statement.getResultSet();
                while (rows.next()) {
                    lines.add(rows.getString(1));
                }
            }
            return lines;
        }
    }

    @Test
    void a_hospitals_own_rules_stay_its_own_when_they_move_to_one_place() throws SQLException {
        upTo("0650");
        sql("""
                insert into hospital (id, name, kind, horizon_days, release_time, channel_percents, referral_percent)
                values ('H1', '一院', 'HOSPITAL', 21, '08:30', '{50,20,10,10,10}', 15), ('H2', '二院', 'HOSPITAL', null, null, null, null)
                """);
        sql("insert into hospital_policy (hospital, rule, value) values ('H1', 'appointment.max-per-7-days', 2)");

        upTo("0660");

        assertThat(sql("select rule || ' ' || value from hospital_policy where hospital = 'H1' order by rule"))
                .containsExactly(
                        "appointment.horizon-days 21",
                        "appointment.max-per-7-days 2",
                        "appointment.quota-app 50",
                        "appointment.quota-bank 10",
                        "appointment.quota-call-centre 20",
                        "appointment.quota-telecom 10",
                        "appointment.quota-web 10",
                        "appointment.referral-percent 15",
                        "appointment.release-time 510");
        assertThat(sql("select id || ' ' || policy_version from hospital order by id"))
                .as("who has the values of before open may not save them over these")
                .containsExactly("H1 1", "H2 0");
    }

    @Test
    void logins_of_citizens_that_go_on_are_the_apps() throws SQLException {
        upTo("0690");
        sql("""
                insert into session (id, kind, subject, channel, seed, created_at, expires_at)
                select gen_random_uuid(), kind, kind || channel, channel, 'x', now(), now() + interval '1 day'
                from (values ('CITIZEN', 'web'), ('CITIZEN', 'app'), ('STAFF', 'web')) v (kind, channel)
                """);

        upTo("latest");

        assertThat(sql("select subject || ' ' || channel from session order by subject"))
                .containsExactly("CITIZENapp app", "CITIZENweb app", "STAFFweb web");
    }
}
