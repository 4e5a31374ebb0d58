package cn.kangka.api.appointment;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/**
 * Says whether staff may act for a person now, because the caller on the phone proved who they are (domain rules, "Call
 * centre", level 1): a CDI bean of the feature that keeps those checks. Without such a bean every agent may, audited.
 */
public interface BookingAuthority {
    /** Whether this member of staff may book and cancel for this person at this moment. */
    Uni<Boolean> mayActFor(String staff, UUID person);
}
