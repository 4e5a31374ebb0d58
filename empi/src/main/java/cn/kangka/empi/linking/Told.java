package cn.kangka.empi.linking;

import cn.kangka.empi.identity.PatientDemographics;
import java.util.Set;

/**
 * What a source tells of a patient.
 *
 * @param pid the segment in {@code |^~\&}; null when nothing is known as told
 */
public record Told(String localId, PatientDemographics patient, Set<PatientDemographics.Field> deleted, String pid) {
    /** Of whom nothing is known but the id. */
    static Told onlyId(String localId) {
        return new Told(localId, PatientDemographics.unknown(), Set.of(), null);
    }
}
