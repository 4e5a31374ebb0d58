package cn.kangka.kit.sealing;

/** A key management service that keeps the master key to itself. */
@FunctionalInterface
public interface KeyManagement {
    /**
     * Unwraps a key.
     *
     * @param wrapped as the service wrapped it
     * @throws SealingException when it cannot be unwrapped now
     */
    byte[] unwrap(String wrapped);
}
