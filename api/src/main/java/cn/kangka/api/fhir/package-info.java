/**
 * FHIR R4, read only: {@code Schedule} (a session), {@code Slot} (a band, with what the app can book of it) and the caller's own
 * {@code Appointment}s. Reads the tables of {@code appointment} and {@code directory}, changes nothing. Errors of these
 * resources are {@code OperationOutcome}s; who has no right token is refused before, with a problem.
 */
package cn.kangka.api.fhir;
