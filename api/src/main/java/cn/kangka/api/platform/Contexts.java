package cn.kangka.api.platform;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/** Work that needs a Vert.x context of its own, because traces live on the context. */
final class Contexts {
    private Contexts() {}

    /** Runs the work on a new duplicate of the current context, or of a new one when there is none. */
    static <T> Uni<T> apart(Vertx vertx, Supplier<Uni<T>> work) {
        return Uni.createFrom().emitter(emitter -> {
            Context root = VertxContext.getRootContext(vertx.getOrCreateContext());
            VertxContext.createNewDuplicatedContext(root)
                    .runOnContext(ignored ->
                            Uni.createFrom().deferred(work::get).subscribe().with(emitter::complete, emitter::fail));
        });
    }
}
