/**
 * Bookings on their way to hospitals and the hospitals' word on them.
 *
 * <p>Invariants: an order is kept once per appointment and version, in the transaction that queues its message; silence
 * decides nothing; the newest order of an appointment is the one whose answer {@code api} is told.
 */
package cn.kangka.empi.booking;
