package cn.kangka.kit.sealing;

/** An envelope could not be sealed or opened; the message never holds the content. */
public class SealingException extends RuntimeException {
    public SealingException(String message, Throwable cause) {
        super(message, cause);
    }
}
