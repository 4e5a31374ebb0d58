/**
 * Holding, booking and cancelling units of the hospitals' schedules, for every channel from one pool.
 *
 * <p>Invariants, carried by constraints of the database (docs/appointments.md): bookings + holds + blocked + free =
 * capacity; a session never gives away more than its share on pre-booking; one active booking per person and session;
 * a cancel returns exactly one unit; every change of a person's bookings holds that person's lock, so limits are counted
 * free of races; hospital and person hear of it through the outbox of the same transaction.
 */
package cn.kangka.api.appointment;
