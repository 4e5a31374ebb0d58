/**
 * Reports of laboratories and other departments: taken in from the hospitals, released by rule, read by the patient.
 *
 * <p>Holds here: a report belongs to a hospital's identity, and to a person only by the link that identity has when
 * somebody reads; nothing is shown, and nobody is told, before a rule or a clinician releases it; a corrected report
 * supersedes and the earlier version stays readable as superseded; one notice per released version at most; every read
 * is in the access audit before it is answered.
 */
package cn.kangka.api.record;
