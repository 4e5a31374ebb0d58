/**
 * Simulated hospitals that speak real protocols only: MLLP out and in, FHIR bundles with a client's token. Invariants:
 * nothing is inserted behind the services' backs; what was acknowledged is not sent again after a restart.
 */
package cn.kangka.sandbox.hospital;
