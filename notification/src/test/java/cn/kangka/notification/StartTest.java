package cn.kangka.notification;

import static io.restassured.RestAssured.get;
import static org.hamcrest.Matchers.equalTo;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class StartTest {
    @Test
    void is_ready_with_its_schema_in_place() {
        get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
    }
}
