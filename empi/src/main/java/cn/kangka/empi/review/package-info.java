/**
 * Doubtful pairs for registrars: the queue, the two records side by side with the reasons of the score, the decision and
 * taking it back. Whoever links opens tasks here; why a pair scores as it does, linking tells through {@link
 * cn.kangka.empi.review.PairEvidence}.
 */
package cn.kangka.empi.review;
