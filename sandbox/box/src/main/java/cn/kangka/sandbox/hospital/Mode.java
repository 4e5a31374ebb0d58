package cn.kangka.sandbox.hospital;

/** How a simulated hospital behaves. */
public enum Mode {
    /** Answers within two seconds and accepts. */
    UP,
    /** Does not listen, and sends nothing. */
    DOWN,
    /** Answers after twenty seconds. */
    SLOW,
    /** Answers at once, and refuses every booking. */
    REFUSING
}
