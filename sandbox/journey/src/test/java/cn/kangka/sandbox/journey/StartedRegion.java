package cn.kangka.sandbox.journey;

import cn.kangka.sandbox.launch.Options;
import cn.kangka.sandbox.launch.Ports;
import cn.kangka.sandbox.launch.Region;
import io.restassured.RestAssured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The whole region, started once for all journeys on free ports, as {@code ./run --fresh} starts it. Gives tests a
 * {@link Region}.
 */
public class StartedRegion implements BeforeAllCallback, ParameterResolver {
    /** Enough for every journey to have people of its own; what a first start takes is measured elsewhere. */
    private static final int PEOPLE = 600;

    private static Region region;

    /** Put on a class whose tests drive the started region. */
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE)
    @ExtendWith(StartedRegion.class)
    public @interface Use {}

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (StartedRegion.class) {
            if (region == null) {
                start();
            }
        }
    }

    private static void start() {
        Path home = Path.of("..", "..").toAbsolutePath().normalize();
        Path data = Path.of("target", "region").toAbsolutePath();
        Options options =
                new Options(home, data, Files.exists(data), true, Ports.free(), Set.of(), PEOPLE, Options.PACE);
        region = Region.start(options, text -> System.out.println("region: " + text));
        Runtime.getRuntime().addShutdownHook(new Thread(region::close));
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    static Region region() {
        return region;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Region.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return region;
    }
}
