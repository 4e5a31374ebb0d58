package cn.kangka.api.schedule;

/** A file that begins like a workbook and is none that we read: encrypted, of the old kind, broken, or larger inside than is allowed. */
final class UnreadableWorkbook extends Exception {
    private static final long serialVersionUID = 1;

    UnreadableWorkbook(Throwable cause) {
        super("not a workbook that can be read", cause);
    }
}
