package cn.kangka.empi.hospital;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cn.kangka.empi.hospital.MllpDecoder.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MllpDecoderTest {
    private static final int MAX_MESSAGE = 100;
    private static final int MAX_GARBAGE = 10;

    @Test
    void finds_a_frame() {
        assertThat(frames("\u000Bhello\u001C\r")).containsExactly("hello");
    }

    @Test
    void an_end_block_byte_alone_is_data_and_a_missing_return_is_forgiven() {
        assertThat(frames("\u000Ba\u001Cb\u001C\r")).containsExactly("a\u001Cb");
        assertThat(frames("\u000Ba\u001C\u000Bb\u001C\r")).containsExactly("a", "b");
    }

    @Test
    void a_start_block_within_a_frame_begins_anew() {
        assertThat(frames("\u000Bcut off\u000Bwhole\u001C\r")).containsExactly("whole");
    }

    @Test
    void a_little_garbage_is_passed_over_and_more_breaks() {
        assertThat(frames("\r\n1234567890\u000Ba\u001C\r")).containsExactly("a");
        assertThat(last("12345678901")).isInstanceOf(Step.Broken.class);
    }

    @Test
    void a_message_that_is_too_long_breaks_without_being_kept() {
        assertThat(last("\u000B" + "x".repeat(MAX_MESSAGE))).isInstanceOf(Step.NeedMore.class);
        assertThat(last("\u000B" + "x".repeat(MAX_MESSAGE + 1))).isInstanceOf(Step.Broken.class);
    }

    @Property
    void chunks_do_not_matter(
            @ForAll @Size(max = 5) List<@IntRange(max = 60) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 20) int chunk) {
        MllpDecoder decoder = new MllpDecoder(MAX_MESSAGE, MAX_GARBAGE);
        StringBuilder sent = new StringBuilder();
        lengths.forEach(
                length -> sent.append('\u000B').append("m".repeat(length)).append("\u001C\r"));
        byte[] bytes = sent.toString().getBytes(UTF_8);
        List<Integer> found = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += chunk) {
            decoder.feed(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunk)));
            Step step = decoder.next();
            while (step instanceof Step.Frame frame) {
                found.add(frame.message().length);
                step = decoder.next();
            }
        }
        assertThat(found).isEqualTo(lengths);
    }

    private static List<String> frames(String sent) {
        MllpDecoder decoder = new MllpDecoder(MAX_MESSAGE, MAX_GARBAGE);
        decoder.feed(sent.getBytes(UTF_8));
        List<String> found = new ArrayList<>();
        while (decoder.next() instanceof Step.Frame frame) {
            found.add(new String(frame.message(), UTF_8));
        }
        return found;
    }

    private static Step last(String sent) {
        MllpDecoder decoder = new MllpDecoder(MAX_MESSAGE, MAX_GARBAGE);
        decoder.feed(sent.getBytes(UTF_8));
        return decoder.next();
    }
}
