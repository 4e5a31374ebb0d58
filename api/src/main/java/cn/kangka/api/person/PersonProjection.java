package cn.kangka.api.person;

import cn.kangka.api.person.PersonMoved.IdentityMove;
import cn.kangka.api.platform.RegionEvent;
import cn.kangka.api.platform.RegionEventHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Follows {@code person.changed}: keeps persons and identities, and tells those who hold rows by person. */
@ApplicationScoped
class PersonProjection implements RegionEventHandler {
    private final PersonStore store;
    private final ObjectMapper json;
    private final List<PersonMoved> followers;

    PersonProjection(PersonStore store, ObjectMapper json, @All List<PersonMoved> followers) {
        this.store = store;
        this.json = json;
        this.followers = followers;
    }

    @Override
    public Set<String> types() {
        return Set.of("person.changed");
    }

    @Override
    public Uni<Void> apply(SqlConnection tx, RegionEvent event) {
        PersonChanged state = read(event);
        return store.lock(tx, state.person())
                .flatMap(before -> store.save(tx, event.version(), state)
                        .flatMap(newer -> newer
                                ? tellStatus(tx, before, state)
                                : Uni.createFrom().voidItem()))
                .chain(() -> store.link(tx, state.person(), state.identities()))
                .flatMap(moves -> tellMoves(tx, moves));
    }

    private Uni<Void> tellStatus(SqlConnection tx, PersonStore.Known before, PersonChanged state) {
        boolean suspectBefore = before != null && before.suspect();
        boolean mergedBefore = before != null && before.merged();
        Uni<Void> told = Uni.createFrom().voidItem();
        if (state.merged() && !mergedBefore) {
            told = store.current(tx, state.person())
                    .flatMap(survivor -> each(follower -> follower.merged(tx, state.person(), survivor)));
        }
        if (mergedBefore && !state.merged()) {
            return each(follower -> follower.revived(tx, state.person(), state.suspect()));
        }
        return suspectBefore == state.suspect()
                ? told
                : told.chain(() -> each(follower -> follower.suspectChanged(tx, state.person(), state.suspect())));
    }

    private Uni<Void> tellMoves(SqlConnection tx, List<IdentityMove> moves) {
        return moves.isEmpty() ? Uni.createFrom().voidItem() : each(follower -> follower.identitiesMoved(tx, moves));
    }

    private Uni<Void> each(Function<PersonMoved, Uni<Void>> tell) {
        Uni<Void> told = Uni.createFrom().voidItem();
        for (PersonMoved follower : followers) {
            told = told.chain(() -> tell.apply(follower));
        }
        return told;
    }

    private PersonChanged read(RegionEvent event) {
        try {
            return json.treeToValue(event.data(), PersonChanged.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a person.changed", e);
        }
    }
}
