package cn.kangka.api.appointment;

import cn.kangka.api.appointment.ModelParts.Kept;
import cn.kangka.api.appointment.ModelParts.Session;
import cn.kangka.api.appointment.ModelParts.Slot;
import java.util.ArrayList;
import java.util.List;

/** A model as it is now, to be put back: an act that fails has changed nothing. */
final class Memory {
    private Memory() {}

    /** Running it puts everything back. */
    static Runnable of(BookingModel model) {
        List<Runnable> undo = new ArrayList<>();
        for (Session session : model.sessions) {
            List<ModelParts.Entry> waiting = List.copyOf(session.waiting);
            int reservedTaken = session.reservedTaken;
            undo.add(() -> {
                session.waiting.clear();
                session.waiting.addAll(waiting);
                session.reservedTaken = reservedTaken;
            });
            for (Slot slot : session.slots) {
                int used = slot.used;
                int held = slot.held;
                undo.add(() -> {
                    slot.used = used;
                    slot.held = held;
                });
            }
        }
        List<Kept> kept = List.copyOf(model.kept);
        undo.add(() -> {
            model.kept.clear();
            model.kept.addAll(kept);
        });
        model.entries.forEach(each -> {
            String status = each.status;
            undo.add(() -> each.status = status);
        });
        model.bookings.forEach(each -> {
            String status = each.status;
            undo.add(() -> each.status = status);
        });
        return () -> undo.forEach(Runnable::run);
    }
}
