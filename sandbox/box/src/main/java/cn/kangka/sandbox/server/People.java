package cn.kangka.sandbox.server;

import cn.kangka.sandbox.hospital.Hospitals;
import cn.kangka.sandbox.hospital.Progress;
import cn.kangka.sandbox.population.Resident;
import cn.kangka.sandbox.population.Resident.Kind;
import cn.kangka.sandbox.region.DemoRegion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The adults that the index holds exactly as they are: with a phone of their own, and never mistyped anywhere. Listed in
 * a stable order, each when everybody before is there.
 */
public final class People {
    private static final int ADULT = 18;
    private static final int OLDEST = 90;

    private final DemoRegion region;
    private final Progress progress;
    private final Visibility visibility;
    private final List<Resident> listed = new ArrayList<>();
    private int looked;

    public People(DemoRegion region, Progress progress, Visibility visibility) {
        this.region = region;
        this.progress = progress;
        this.visibility = visibility;
    }

    /** A part of the list. */
    public synchronized JsonArray list(int limit, int offset) {
        look();
        JsonArray people = new JsonArray();
        listed.stream().skip(offset).limit(limit).map(People::json).forEach(people::add);
        return people;
    }

    /** How many are listed by now. */
    public synchronized int count() {
        look();
        return listed.size();
    }

    /** Whether the index may hold more than what is listed. */
    public synchronized boolean isComplete() {
        look();
        return looked == region.residents().size();
    }

    /** The first one; the person to log in as. */
    public Optional<JsonObject> first() {
        JsonArray first = list(1, 0);
        return first.isEmpty() ? Optional.empty() : Optional.of(first.getJsonObject(0));
    }

    private void look() {
        while (looked < region.residents().size()) {
            Resident resident = region.residents().get(looked);
            String key = Hospitals.firstRegistration(resident.index());
            Long acknowledged = progress.doneAt(key);
            if (acknowledged == null && !progress.isRefused(key)) {
                return;
            }
            if (acknowledged != null && !visibility.visible(acknowledged)) {
                return;
            }
            if (acknowledged != null && isPlain(resident)) {
                listed.add(resident);
            }
            looked++;
        }
    }

    private boolean isPlain(Resident resident) {
        int age = resident.age(progress.firstDay());
        return resident.kind() == Kind.ADULT
                && resident.ownPhone()
                && age >= ADULT
                && age <= OLDEST
                && region.registrations(resident).stream().noneMatch(registration -> registration.wrong());
    }

    private static JsonObject json(Resident resident) {
        return new JsonObject()
                .put("name", resident.name())
                .put("idType", resident.idType().name())
                .put("idNumber", resident.idNumber())
                .put("phone", resident.phone())
                .put("birthDate", resident.birthDate().toString())
                .put("sex", resident.sex().name());
    }
}
