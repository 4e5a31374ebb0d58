package cn.kangka.api.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.NoStackTraceThrowable;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Goes wrong in every way; exists in tests only. */
@Path("/test/throwing")
@PermitAll
public class ThrowingResource {
    static final String SECRET = "张伟 13800138000";

    @GET
    @Path("throwable")
    @Operation(hidden = true)
    public Uni<String> throwable() {
        return Uni.createFrom().failure(new NoStackTraceThrowable(SECRET));
    }

    @GET
    @Path("error")
    @Operation(hidden = true)
    public Uni<String> error() {
        throw new AssertionError(SECRET);
    }

    @GET
    @Path("exception")
    @Operation(hidden = true)
    public Uni<String> exception() {
        return Uni.createFrom().failure(new IllegalStateException(SECRET));
    }
}
