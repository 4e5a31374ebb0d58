/**
 * What hospitals say in HL7 v2 and FHIR, as the FHIR R4 subset that {@code api} reads (docs/v2-to-fhir.md).
 *
 * <p>Mappings are pure functions from a message to JSON. Nothing clinical is kept here beyond the message log: a handler
 * appends the outbox event in the transaction that resolves the patient, under a lock on the identity, so that versions
 * grow in the order of delivery.
 */
package cn.kangka.empi.fhir;
