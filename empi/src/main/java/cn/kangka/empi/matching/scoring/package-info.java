/** Scoring: how likely two records are one human, and why; the bits of the explanation add up to the score. */
package cn.kangka.empi.matching.scoring;
