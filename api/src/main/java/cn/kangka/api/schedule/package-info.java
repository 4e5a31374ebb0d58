/**
 * Schedules of hospitals without a scheduling system: templates by weekday with exceptions, laid out as sessions.
 *
 * <p>Invariants: laying out again changes nothing; what a hospital published itself is never touched; a session with
 * bookings is neither changed nor closed, but reported, so that somebody stops it.
 */
package cn.kangka.api.schedule;
