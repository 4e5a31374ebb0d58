package cn.kangka.sandbox.server;

/** Whether what empi acknowledged at a time has reached {@code api}. */
public interface Visibility {
    /** @param acknowledgedAt milliseconds since 1970 */
    boolean visible(long acknowledgedAt);
}
