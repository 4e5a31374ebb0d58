package cn.kangka.api.search;

import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.api.testing.Plans;
import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The search statement in a large region. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class SearchPlanTest {
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @Test
    void names_codes_and_free_units_are_found_by_indexes() throws SQLException {
        String plan = Plans.explain(
                url,
                password,
                SearchStore.SEARCH,
                List.of(
                        "'" + SearchWords.every("血压").replace("'", "''") + "'",
                        "'血压'",
                        "'{33}'",
                        "'{44}'",
                        "null",
                        "null",
                        "''",
                        "''",
                        "20",
                        "now()",
                        "1",
                        "current_date"));

        assertThat(plan)
                .contains("ix_department_terms", "ix_practitioner_terms", "ix_practitioner_role_terms")
                .contains("ix_department_standard_code")
                .contains("ix_clinic_session_department", "ix_clinic_session_hospital")
                .doesNotContain("Seq Scan on department")
                .doesNotContain("Seq Scan on practitioner")
                .doesNotContain("Seq Scan on clinic_session")
                .doesNotContain("Seq Scan on slot");
    }
}
