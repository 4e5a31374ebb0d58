package cn.kangka.empi.reconciliation;

import cn.kangka.empi.hospital.HospitalCopy;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A chart of which the hospital has not what it was told.
 *
 * @param fields of HL7 that differ, such as PID-5; never their values
 * @param told whether the difference was sent (A31)
 */
@Schema(name = "ReconciliationDifference")
record Difference(UUID identity, UUID person, HospitalCopy.Kind kind, List<String> fields, boolean told) {}
