package cn.kangka.empi.matching.blocking;

/**
 * What a pass of blocking did.
 *
 * @param name the key, as the model writes it
 * @param keyed records that have the key
 * @param blocks of two records and more
 * @param largest records of the largest block that is compared
 * @param pairs that the pass finds, whether or not others find them too
 * @param split blocks that were too big and were split by further keys
 * @param setAside records of those blocks that lack the further key, and leave this pass
 * @param oversized blocks that are bigger than the limit although every further key was used; they are compared whole
 * @param leftOut records in blocks so big (twenty times the limit) that the pass leaves them out
 */
public record PassReport(
        String name,
        int keyed,
        int blocks,
        int largest,
        long pairs,
        int split,
        int setAside,
        int oversized,
        int leftOut) {}
