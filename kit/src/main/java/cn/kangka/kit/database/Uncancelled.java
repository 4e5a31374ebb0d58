package cn.kangka.kit.database;

import io.smallrye.mutiny.Uni;

/** Work that is done to its end, and what follows from it too, although whoever asked for it has hung up. */
public final class Uncancelled {
    private Uncancelled() {}

    /** The same, begun by whoever subscribes and ended by itself only. */
    public static <T> Uni<T> of(Uni<T> work) {
        return Uni.createFrom().emitter(asking -> work.subscribe().with(asking::complete, asking::fail));
    }
}
