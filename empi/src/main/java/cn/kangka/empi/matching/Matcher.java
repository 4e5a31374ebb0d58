package cn.kangka.empi.matching;

import java.util.List;

/**
 * A model that decides. Immutable, so that two can run side by side.
 *
 * <p>Candidates are the identities that share a block with the subject, with everybody who is in one cluster with them,
 * so that a veto sees the cluster as a whole.
 */
public interface Matcher {
    /** Decides to whom the subject belongs. Candidates without a person are passed over. */
    Decision decide(Features subject, List<Features> candidates);
}
