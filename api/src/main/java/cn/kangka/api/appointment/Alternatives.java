package cn.kangka.api.appointment;

import cn.kangka.api.appointment.AvailabilityStore.Question;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Other slots of the same department for somebody whose booking the hospital refused or who wants another one. */
@ApplicationScoped
public class Alternatives {
    private static final int LOOKED_AT = 500;

    private final Database database;
    private final Actors actors;
    private final AppointmentStore appointments;
    private final AppointmentAccess access;
    private final AvailabilityStore slots;
    private final StopStore stops;
    private final AppointmentConfig config;
    private final Clock clock;

    Alternatives(
            Database database,
            Actors actors,
            AppointmentStore appointments,
            AppointmentAccess access,
            AvailabilityStore slots,
            StopStore stops,
            AppointmentConfig config,
            Clock clock) {
        this.database = database;
        this.actors = actors;
        this.appointments = appointments;
        this.access = access;
        this.slots = slots;
        this.stops = stops;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Free slots of the same hospital and department: first the one that is kept for the person because the clinic was
     * stopped, then those of a doctor of the same title, then the nearest. None of a day on which the person has as many other
     * visits as may be.
     */
    public Uni<Page<SlotView>> to(UUID appointment) {
        return actors.writer()
                .chain(actor -> appointments
                        .find(database.pool(), appointment)
                        .call(found -> access.require(actor, found, "appointment.read"))
                        .chain(found -> near(found, actor)
                                .chain(near -> stops.kept(database.pool(), appointment, OffsetDateTime.now(clock))
                                        .chain(kept -> withKept(near, kept, actor)))))
                .map(found -> new Page<>(found, null));
    }

    private Uni<List<SlotView>> withKept(List<SlotView> near, StopStore.Kept kept, Actor actor) {
        return kept == null
                ? Uni.createFrom().item(near)
                : slots.one(kept.slot(), actor.channel(), OffsetDateTime.now(clock))
                        .map(slot -> slot == null
                                ? near
                                : Stream.concat(
                                                Stream.of(slot.keptUntil(kept.until())),
                                                near.stream().filter(each -> !each.id()
                                                        .equals(slot.id())))
                                        .limit(config.alternatives())
                                        .toList());
    }

    private Uni<List<SlotView>> near(Appointment appointment, Actor actor) {
        OffsetDateTime now = OffsetDateTime.now(clock);
        BookedSlot slot = appointment.slot();
        Question question = new Question(
                slot.hospital(),
                slot.department().id().toString(),
                null,
                now,
                slot.start().plusYears(1));
        return slots.find(question, new AvailabilityStore.Looking(actor.channel(), false), now, null, LOOKED_AT)
                .map(found -> found.stream()
                        .filter(each -> each.free() > 0 && !each.id().equals(slot.id()))
                        .sorted(nearest(slot))
                        .toList())
                .chain(free -> slots.toBeTaken(free.stream().map(SlotView::id).toList(), appointment)
                        .map(possible -> free.stream()
                                .filter(each -> possible.contains(each.id()))
                                .limit(config.alternatives())
                                .toList()));
    }

    private static Comparator<SlotView> nearest(BookedSlot slot) {
        return Comparator.<SlotView, Boolean>comparing(
                        each -> slot.title() == null || !slot.title().equals(each.doctorTitle()))
                .thenComparing(
                        each -> Duration.between(slot.start(), each.start()).abs());
    }
}
