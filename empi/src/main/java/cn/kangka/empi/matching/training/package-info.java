/**
 * Training without labels: u from random pairs, m by expectation maximisation over the blocking passes, the prior from
 * what is found. The result is a versioned artefact.
 */
package cn.kangka.empi.matching.training;
