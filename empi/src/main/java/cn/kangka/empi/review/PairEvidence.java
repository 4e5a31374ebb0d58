package cn.kangka.empi.review;

import cn.kangka.empi.identity.Identity;
import cn.kangka.empi.review.ReviewViews.Evidence;

/** Knows why two identities may be one human, as the model in use sees them now. */
public interface PairEvidence {
    /** What speaks for and against it, field by field. */
    Evidence of(Identity one, Identity other);
}
