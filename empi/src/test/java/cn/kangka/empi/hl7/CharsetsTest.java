package cn.kangka.empi.hl7;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class CharsetsTest {
    private static final Charset GB = Charset.forName("GB18030");
    private static final String MESSAGE = "MSH|^~\\&|A|医院|||||ADT^A28|1|P|2.4||||||GB 18030-2000~UNICODE|\rPID|1";

    @Test
    void reads_the_header_before_it_knows_the_charset() {
        assertThat(Charsets.declared(MESSAGE.getBytes(GB))).isEqualTo("GB 18030-2000");
        assertThat(Charsets.headerField(MESSAGE.getBytes(GB), 3)).isEqualTo("A");
        assertThat(Charsets.declared("MSH|^~\\&|A".getBytes(UTF_8))).isEmpty();
        assertThat(Charsets.declared(new byte[] {1, 2})).isEmpty();
    }

    @Test
    void knows_the_names_of_the_standard_and_of_hospitals() {
        assertThat(Charsets.named("gb18030")).contains(GB);
        assertThat(Charsets.named("UNICODE UTF-8")).contains(UTF_8);
        assertThat(Charsets.named("8859/1")).contains(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThat(Charsets.named("ISO IR87")).isEmpty();
        assertThat(Charsets.named(Charsets.nameOf(GB))).contains(GB);
    }

    @Test
    void bytes_of_another_charset_are_noticed() {
        assertThat(Charsets.decode("张三丰".getBytes(GB), UTF_8)).isEmpty();
        assertThat(Charsets.decode("张三丰".getBytes(GB), GB)).contains("张三丰");
    }
}
