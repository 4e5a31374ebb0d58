package cn.kangka.api.appointment;

import cn.kangka.api.account.Caller;
import cn.kangka.api.account.Callers;
import cn.kangka.api.directory.Channel;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Turns the caller of the current request into an {@link Actor}, or refuses. */
@ApplicationScoped
class Actors {
    private static final int NAMED = 1;
    private static final String WRITE = "appointments:write";

    private final Callers callers;

    Actors(Callers callers) {
        this.callers = callers;
    }

    /** Whoever may book and cancel; 403 for the others. */
    Uni<Actor> writer() {
        if (callers.is("citizen")) {
            return callers.citizen(NAMED)
                    .map(caller -> new Actor(
                            "CITIZEN",
                            caller.account().toString(),
                            orApp(caller.channel()),
                            caller.account(),
                            caller.person()));
        }
        if (callers.is("partner")) {
            return partner();
        }
        return Uni.createFrom().item(new Actor(callers.actorKind(), callers.actor(), Channel.CALL_CENTRE, null, null));
    }

    /** The citizen of a stream, as long as they may do anything at all; null afterwards. */
    Uni<Caller> still(UUID account, UUID login) {
        return callers.still(account, login, NAMED);
    }

    private Uni<Actor> partner() {
        Channel channel = Channel.named(callers.channel());
        return channel == null || !callers.hasScope(WRITE)
                ? Uni.createFrom().failure(Problems.forbidden())
                : Uni.createFrom().item(new Actor("PARTNER", callers.actor(), channel, null, null));
    }

    /** Whose free units are shown: the token's channel, the app's without one; institutions see reserved ones. */
    Uni<AvailabilityStore.Looking> looking() {
        return callers.isIfAny("hospital", "clerk").chain(institution -> callers.channelIfAny()
                .map(channel -> institution
                        ? new AvailabilityStore.Looking(Channel.CALL_CENTRE, true)
                        : new AvailabilityStore.Looking(orApp(channel), false)));
    }

    private static Channel orApp(String name) {
        Channel channel = Channel.named(name);
        return channel == null ? Channel.APP : channel;
    }
}
