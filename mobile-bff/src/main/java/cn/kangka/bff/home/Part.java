package cn.kangka.bff.home;

import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import java.util.Set;

/**
 * One part of the screen.
 *
 * @param value what was found; null when there is none, or it could not be had
 * @param failed whether it could not be had
 */
record Part<T>(T value, boolean failed) {
    private static final int UNAUTHORIZED = 401;
    /** The caller may not have it (level) or there is none: left out, and nothing is broken. */
    private static final Set<Integer> WITHHELD = Set.of(403, 404);

    /** Never fails, except when the owner refuses the token: then the whole screen does. */
    static <T> Uni<Part<T>> of(Uni<T> call) {
        return call.map(value -> new Part<>(value, false)).onFailure().recoverWithUni(Part::explained);
    }

    private static <T> Uni<Part<T>> explained(Throwable failure) {
        int status = failure instanceof PartRefused refused ? refused.status() : 0;
        return status == UNAUTHORIZED
                ? Uni.createFrom().failure(Problems.of(UNAUTHORIZED, "unauthorized"))
                : Uni.createFrom().item(new Part<>(null, !WITHHELD.contains(status)));
    }
}
