package cn.kangka.api.imaging;

/** The archive answers that it has no such thing; it works. */
final class NoSuchPicture extends RuntimeException {
    NoSuchPicture() {
        super("the archive has no such thing", null, false, false);
    }
}
