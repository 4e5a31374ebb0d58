package cn.kangka.api.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.appointment.NearestStore.Question;
import cn.kangka.api.testing.Plans;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The statement for the nearest free bands in a large region. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class NearestPlanTest {
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void departments_sessions_and_bands_are_found_by_indexes() throws SQLException {
        Question question = new Question(List.of("33"), null, null, null, null, null, null, false);
        String plan = Plans.explain(
                url,
                password,
                NearestStore.sql(question),
                List.of(
                        "null",
                        "null",
                        "1",
                        "now()",
                        "current_date",
                        "(current_date + 62)",
                        "20",
                        "'{33}'",
                        "null",
                        "null",
                        "null"));

        assertThat(plan)
                .contains("ix_department_standard_code", "ix_clinic_session_department", "ix_slot_session")
                .doesNotContain("Seq Scan on department")
                .doesNotContain("Seq Scan on clinic_session")
                .doesNotContain("Seq Scan on slot");
    }
}
