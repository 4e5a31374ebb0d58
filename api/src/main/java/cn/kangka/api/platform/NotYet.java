package cn.kangka.api.platform;

/** A region event came before something it needs: it is answered RETRY. The reason names no person. */
public class NotYet extends RuntimeException {
    public NotYet(String reason) {
        super(reason);
    }
}
