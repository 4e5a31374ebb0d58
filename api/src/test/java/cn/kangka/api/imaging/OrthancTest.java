package cn.kangka.api.imaging;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cn.kangka.api.testing.Clinic;
import cn.kangka.api.testing.Clinic.Link;
import cn.kangka.api.testing.Neighbours;
import cn.kangka.sandbox.testing.RegionResource;
import cn.kangka.sandbox.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same against a real archive: Debian's orthanc and orthanc-dicomweb. */
@QuarkusTest
@QuarkusTestResource(RegionResource.class)
@QuarkusTestResource(Neighbours.class)
class OrthancTest {
    private static final String SOURCE = "P900";
    private static final String NUMBER = "000123456";
    private static final String STUDY = "1.2.826.0.1.3680043.9.9999.77";
    private static Orthanc orthanc;

    @Inject
    Clinic clinic;

    @Inject
    Hospitals hospitals;

    @BeforeAll
    static void start(@TempDir Path folder) {
        if (!Orthanc.installed()) {
            assertThat(System.getenv("CI"))
                    .as("Orthanc must be installed in CI (Debian: orthanc, orthanc-dicomweb)")
                    .isNotEqualTo("true");
            assumeTrue(false, "Orthanc is not installed (Debian: orthanc, orthanc-dicomweb)");
        }
        orthanc = Orthanc.start(folder);
        orthanc.store(DicomFile.of(NUMBER, STUDY, "胸部正位"));
        orthanc.store(DicomFile.of("SOMEBODY-ELSE", STUDY + "8", "别人的"));
    }

    @AfterAll
    static void stop() {
        if (orthanc != null) {
            orthanc.stop();
        }
    }

    @Test
    void a_study_in_a_real_archive_is_listed_opened_and_seen() throws IOException {
        TestArchives.known(hospitals, Map.of(SOURCE, orthanc.base()));
        Link link = Link.at(SOURCE);
        UUID person = clinic.person(link);
        UUID account = clinic.account(person, 2);
        TestArchives.numbers(person, Map.of(link, NUMBER));

        JsonPath list = as(account)
                .get("/v1/me/imaging")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("incomplete", hasSize(0))
                .body("items[0].description", equalTo("胸部正位"))
                .body("items[0].date", equalTo("2026-11-20"))
                .body("items[0].images", equalTo(1))
                .extract()
                .jsonPath();
        String id = list.getString("items[0].id");
        as(account)
                .get("/v1/me/imaging/" + id)
                .then()
                .statusCode(200)
                .body("series[0].instances[0].uid", equalTo(STUDY + ".1.1"));
        BufferedImage image = picture(account, id, "rendered");
        assertThat(image.getWidth()).isEqualTo(64);
        assertThat(picture(account, id, "thumbnail").getHeight()).isPositive();
    }

    private static BufferedImage picture(UUID account, String study, String form) throws IOException {
        byte[] bytes = as(account)
                .get("/v1/me/imaging/" + study + "/instances/" + STUDY + ".1.1/" + form)
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return ImageIO.read(new ByteArrayInputStream(bytes));
    }

    private static RequestSpecification as(UUID account) {
        return given().header("Authorization", "Bearer " + TestTokens.citizen(account, 2));
    }
}
