package cn.kangka.api.queue;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.UriInfo;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Holds {@link BeforeStream}. */
public class BeforeStreamFilter {
    private final QueuePositions positions;

    BeforeStreamFilter(QueuePositions positions) {
        this.positions = positions;
    }

    /** Fails with what refuses the stream. */
    @BeforeStream
    @ServerRequestFilter
    public Uni<Void> check(UriInfo address) {
        return id(address.getPathParameters().getFirst("id"));
    }

    private Uni<Void> id(String text) {
        try {
            return positions.mayWatch(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Uni.createFrom().voidItem(); // Refused as a path that does not exist.
        }
    }
}
