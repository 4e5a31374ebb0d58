/**
 * Dependants: children and adults for whom a citizen books.
 *
 * <p>Invariants: at most so many per account; a minor only by somebody whose phone a hospital recorded with the minor's chart,
 * and until they come of age; anybody else only by their own agreement, given by a code to a phone that a hospital recorded for
 * them; either side ends it at once. It is about bookings only: records need more (docs/appointments.md).
 */
package cn.kangka.api.dependant;
