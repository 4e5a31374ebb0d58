/**
 * Identities: one source's record of a patient, keyed (source, local id), as the source told it. Matching never edits
 * one. Demographics are sealed; names of documents, phones and names are found by keyed hashes.
 */
package cn.kangka.empi.identity;
