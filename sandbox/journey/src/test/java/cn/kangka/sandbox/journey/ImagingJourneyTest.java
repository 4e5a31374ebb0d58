package cn.kangka.sandbox.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Images from a hospital's picture archive, seen through the product. */
@StartedRegion.Use
@Order(5)
class ImagingJourneyTest {
    private static final String LIST = "/v1/me/imaging";

    @Test
    void a_citizen_lists_their_studies_and_sees_a_picture_and_nobody_else_learns_of_it() throws IOException {
        Citizen citizen = Studies.nextOwner();
        citizen.logIn();
        citizen.api().get(LIST).then().statusCode(403);
        citizen.proveIdentity();
        Citizen stranger = Citizen.nextWithRealName();

        String study = citizen.api()
                .get(LIST)
                .then()
                .statusCode(200)
                .body("incomplete", hasSize(0))
                .body("items[0].modality", equalTo("CT"))
                .body("items[0].images", equalTo(5))
                .extract()
                .jsonPath()
                .getString("items[0].id");
        List<String> pictures = citizen.api()
                .get(LIST + "/" + study)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("series[0].instances.uid");
        assertThat(pictures).hasSize(5).doesNotHaveDuplicates();
        String picture = LIST + "/%s/instances/" + pictures.get(2) + "/rendered";

        for (Supplier<RequestSpecification> door :
                List.<Supplier<RequestSpecification>>of(citizen::api, citizen::bff)) {
            look(door.get().get(picture.formatted(study)));
        }
        for (Supplier<RequestSpecification> door :
                List.<Supplier<RequestSpecification>>of(stranger::api, stranger::bff)) {
            Refusals.sameAsNothing(door, "GET", picture, study);
            Refusals.sameAsNothing(door, "GET", picture.replace("rendered", "thumbnail"), study);
            Refusals.sameAsNothing(door, "GET", LIST + "/%s", study);
            assertThat(door.get().get(LIST).jsonPath().getList("items.id")).doesNotContain(study);
        }
        Doors.api().get(picture.formatted(study)).then().statusCode(401);

        citizen.api()
                .get("/v1/me/access-log?limit=100")
                .then()
                .statusCode(200)
                .body("items.findAll { it.outcome == 'ALLOWED' }.action", hasItem("imaging.view"))
                .body("items.findAll { it.outcome == 'DENIED' }.action", hasItem("imaging.view"));
    }

    /** It is a picture, of the archive's size, and something is on it. */
    private static void look(Response answer) throws IOException {
        answer.then().statusCode(200).contentType("image/jpeg");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(answer.asByteArray()));
        assertThat(image.getWidth()).isEqualTo(256);
        assertThat(image.getHeight()).isEqualTo(256);
        assertThat(IntStream.range(0, 256)
                        .map(x -> image.getRGB(x, 128) & 0xFF)
                        .distinct()
                        .count())
                .isGreaterThan(10);
    }
}
