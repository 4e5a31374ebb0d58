package cn.kangka.sandbox.bench;

import java.io.IOException;

/** Writes a population's file on, each id with its source before it: ids of a population are unique within a source. */
final class UniqueIds implements Appendable {
    private final Appendable out;
    private final StringBuilder line = new StringBuilder();

    UniqueIds(Appendable out) {
        this.out = out;
    }

    @Override
    public Appendable append(CharSequence text) throws IOException {
        return append(text, 0, text.length());
    }

    @Override
    public Appendable append(CharSequence text, int start, int end) throws IOException {
        for (int i = start; i < end; i++) {
            append(text.charAt(i));
        }
        return this;
    }

    @Override
    public Appendable append(char each) throws IOException {
        line.append(each);
        if (each == '\n') {
            int comma = line.indexOf(",");
            String source = line.substring(0, comma);
            out.append(source).append(',');
            out.append(source.equals("source") ? "" : source + "-");
            out.append(line, comma + 1, line.length());
            line.setLength(0);
        }
        return this;
    }
}
