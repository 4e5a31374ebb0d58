package cn.kangka.api.appointment;

import cn.kangka.api.platform.RegionKey;
import cn.kangka.kit.audit.Audit;
import cn.kangka.kit.audit.AuditEntry;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.id.Ids;
import cn.kangka.kit.problem.Problems;
import cn.kangka.kit.token.SigningKey;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import java.util.UUID;

/** Joining remote visits: a link for the person and who books for them, while the door is open. */
@ApplicationScoped
public class RemoteVisits {
    private static final String ACTION = "appointment.join";

    private final Database database;
    private final Actors actors;
    private final AppointmentStore store;
    private final TransitionStore transitions;
    private final AppointmentAccess access;
    private final RegionKey key;
    private final Audit audit;
    private final Clock clock;
    private final RemoteConfig config;
    private final JoinPolicy policy;

    RemoteVisits(
            Database database,
            Actors actors,
            AppointmentStore store,
            TransitionStore transitions,
            AppointmentAccess access,
            RegionKey key,
            Audit audit,
            Clock clock,
            RemoteConfig config) {
        this.database = database;
        this.actors = actors;
        this.store = store;
        this.transitions = transitions;
        this.access = access;
        this.key = key;
        this.audit = audit;
        this.clock = clock;
        this.config = config;
        this.policy = new JoinPolicy(config.opensBefore());
    }

    /**
     * The link of a remote visit.
     *
     * @return fails with 409 {@code remote-too-early} with {@code liftsAt}, 409 {@code remote-closed} when it is over or no remote
     *     visit, 404 when it is not the caller's
     */
    public Uni<JoinView> join(UUID appointment) {
        return actors.writer().chain(actor -> store.find(database.pool(), appointment)
                .call(found -> access.require(actor, found, ACTION))
                .chain(found -> link(actor, found)));
    }

    private Uni<JoinView> link(Actor actor, Appointment found) {
        BookedSlot slot = found.slot();
        OffsetDateTime now = OffsetDateTime.now(clock);
        return switch (policy.decide(slot.modality(), found.status(), slot.start(), slot.end(), now)) {
            case TOO_EARLY -> Uni.createFrom().failure(BookingRefusals.remoteTooEarly(policy.opensAt(slot.start())));
            case CLOSED -> Uni.createFrom().failure(BookingRefusals.remoteClosed());
            case OPEN ->
                template(slot.hospital())
                        .map(template -> new JoinView(
                                filled(template, found.id(), slot), policy.opensAt(slot.start()), slot.end()))
                        .call(() -> transitions.joined(database.pool(), found.id(), now))
                        .call(() -> audit.record(AuditEntry.allowed(
                                actor.kind(),
                                actor.id(),
                                ACTION,
                                found.person(),
                                found.id().toString())));
        };
    }

    private Uni<String> template(String hospital) {
        return database.pool()
                .preparedQuery("select join_url from hospital where id = $1")
                .execute(Tuple.of(hospital))
                .map(rows -> Rows.first(rows, row -> row.getString(0)))
                .map(own -> {
                    String template = own == null ? config.joinUrl().orElse(null) : own;
                    if (template == null) {
                        throw Problems.of(503, "unavailable");
                    }
                    return template;
                });
    }

    /** The video service checks the token by our JWKS: whose visit, at which hospital, until when; nobody's name or id. */
    private String filled(String template, UUID appointment, BookedSlot slot) {
        Instant now = clock.instant();
        Instant soon = now.plus(config.tokenLife());
        Instant end = slot.end().toInstant();
        String token = key.sign(SigningKey.claims()
                .subject(appointment.toString())
                .audience("remote:" + slot.hospital())
                .groups(Set.of("remote-visit"))
                .claim("jti", Ids.next().toString())
                .issuedAt(now)
                .expiresAt(soon.isBefore(end) ? soon : end));
        return template.replace("{appointment}", appointment.toString()).replace("{token}", token);
    }
}
