package cn.kangka.kit.page;

/** How many items a page may have (contract: default 20, at most 200). */
public final class Limits {
    public static final String DEFAULT = "20";
    public static final int MAX = 200;

    private Limits() {}
}
