package cn.kangka.empi.identity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One source's record of a patient.
 *
 * @param source id of the institution
 * @param localId its own patient id
 * @param provisional whether no registration told of it yet
 * @param replacedBy the survivor when the source merged this chart away; null while in use
 * @param version grows with every change, from 1
 * @param toldAt when the message came in that the demographics are from
 * @param pid PID as received, in {@code |^~\&}; null when it did not come by HL7 v2
 */
public record Identity(
        UUID id,
        String source,
        String localId,
        boolean provisional,
        UUID replacedBy,
        long version,
        Instant toldAt,
        PatientDemographics demographics,
        String pid) {

    /** Whether the source merged it away. */
    public boolean isRetired() {
        return replacedBy != null;
    }

    /** Whether it is a child without a name yet (张三之子), recorded under the mother. */
    public boolean isNewborn() {
        return Names.isNewborn(demographics.name());
    }

    /** The same identity as told anew. */
    public Identity told(PatientDemographics now, String newPid, boolean stillProvisional, Instant at) {
        return new Identity(id, source, localId, stillProvisional, replacedBy, version + 1, at, now, newPid);
    }

    /** The same identity, merged away. */
    public Identity retired(UUID survivor) {
        return new Identity(id, source, localId, provisional, survivor, version + 1, toldAt, demographics, pid);
    }

    /** Everything it can be found by. */
    public List<IdentityKey> keys() {
        List<IdentityKey> keys = new ArrayList<>();
        keys.add(new IdentityKey(KeyKind.LOCAL_ID, localId));
        demographics.documents().forEach(document -> keys.add(IdentityKey.of(document)));
        demographics.phones().forEach(phone -> keys.add(new IdentityKey(KeyKind.PHONE, phone)));
        add(keys, KeyKind.NAME, Names.key(demographics.name()));
        add(keys, KeyKind.FAMILY, Names.key(demographics.family()));
        add(keys, KeyKind.GIVEN, Names.key(demographics.given()));
        add(keys, KeyKind.BIRTH, demographics.birth());
        if (demographics.sex() != Sex.UNKNOWN) {
            add(keys, KeyKind.SEX, demographics.sex().name());
        }
        return keys.stream().distinct().toList();
    }

    private static void add(List<IdentityKey> keys, KeyKind kind, String value) {
        if (value != null && !value.isEmpty()) {
            keys.add(new IdentityKey(kind, value));
        }
    }
}
