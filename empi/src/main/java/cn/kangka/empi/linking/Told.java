package cn.kangka.empi.linking;

import cn.kangka.empi.identity.PatientDemographics;
import java.util.Set;

/**
 * What a message tells of a patient.
 *
 * @param pid the segment in {@code |^~\&}; null when it did not come by HL7 v2
 */
record Told(String localId, PatientDemographics patient, Set<PatientDemographics.Field> deleted, String pid) {}
