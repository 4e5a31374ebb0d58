package cn.kangka.empi.commandline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;

/** Counts lines, and refuses one that is longer than any real record: a file that is no CSV must not fill the memory. */
final class LineLimit extends BufferedReader {
    private static final int LONGEST = 1_000_000;

    private long line = 1;
    private int length;

    LineLimit(Reader reader) {
        super(reader);
    }

    static final class TooLongException extends IOException {
        TooLongException() {
            super("more than " + LONGEST + " characters without a line end");
        }
    }

    /** The line that is being read, from 1. */
    long line() {
        return line;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next);
        return next;
    }

    @Override
    public int read(char[] target, int offset, int count) throws IOException {
        int read = super.read(target, offset, count);
        for (int i = 0; i < read; i++) {
            count(target[offset + i]);
        }
        return read;
    }

    private void count(int next) throws TooLongException {
        if (next == '\n') {
            line++;
            length = 0;
        } else if (next == '\r') {
            length = 0;
        } else if (++length > LONGEST) {
            throw new TooLongException();
        }
    }
}
