package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.launch.Ports;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

/** The region's addresses, as clients see them. */
final class Doors {
    private Doors() {}

    static RequestSpecification api() {
        return at(ports().api());
    }

    static RequestSpecification bff() {
        return at(ports().mobileBff());
    }

    static RequestSpecification notification() {
        return at(ports().notification());
    }

    static RequestSpecification empi() {
        return at(ports().empi());
    }

    static RequestSpecification sandbox() {
        return at(ports().sandbox());
    }

    static Ports ports() {
        return StartedRegion.region().options().ports();
    }

    static String url(int port) {
        return "http://localhost:" + port;
    }

    private static RequestSpecification at(int port) {
        return RestAssured.given().baseUri("http://localhost").port(port).contentType("application/json");
    }
}
