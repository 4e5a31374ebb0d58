package cn.kangka.api.draw;

import io.quarkus.arc.Arc;
import java.util.List;

/** What time does to draws, and the order that anybody computes; for tests of other packages. */
public final class DrawTime {
    private DrawTime() {}

    /** Everything that is due now. */
    public static void runs() {
        Arc.container().instance(Drawing.class).get().run().await().indefinitely();
    }

    /** The order of a closed list under a seed that was revealed. */
    public static List<String> order(String seed, List<String> entries) {
        return DrawHall.order(seed, entries);
    }
}
