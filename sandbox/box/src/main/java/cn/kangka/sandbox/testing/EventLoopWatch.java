package cn.kangka.sandbox.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails the test class when something blocked an event loop meanwhile: Vert.x' own checker reports it, and Quarkus'
 * refusals to block there as well. Registered for every test by {@code META-INF/services} and automatic detection.
 */
public class EventLoopWatch implements BeforeAllCallback, AfterAllCallback {
    private static final List<String> SEEN = new CopyOnWriteArrayList<>();
    private static final Logger CHECKER = Logger.getLogger("io.vertx.core.impl.BlockedThreadChecker");
    private static boolean installed;

    @Override
    public void beforeAll(ExtensionContext context) {
        synchronized (EventLoopWatch.class) {
            if (!installed) {
                CHECKER.addHandler(new Recorder());
                installed = true;
            }
        }
        SEEN.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (!SEEN.isEmpty()) {
            List<String> blocked = List.copyOf(SEEN);
            SEEN.clear();
            throw new AssertionError("the event loop was blocked: " + blocked);
        }
    }

    private static final class Recorder extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.WARNING.intValue()
                    && String.valueOf(record.getMessage()).contains("eventloop")) {
                SEEN.add(record.getMessage() + stack(record.getThrown()));
            }
        }

        private static String stack(Throwable thrown) {
            if (thrown == null) {
                return "";
            }
            StringBuilder text = new StringBuilder();
            for (StackTraceElement element : thrown.getStackTrace()) {
                text.append("\n    at ").append(element);
            }
            return text.toString();
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
