package cn.kangka.empi.commandline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The command line, as a test calls it. */
final class Tool {
    private Tool() {}

    /** What a command that succeeds says. */
    static String run(String... words) {
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said, true);
        assertThat(LinkageTool.run(out, out, words)).as(said::toString).isZero();
        return said.toString();
    }
}
