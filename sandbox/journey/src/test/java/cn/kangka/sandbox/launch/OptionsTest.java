package cn.kangka.sandbox.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final Path HOME = Path.of("/home/wang/kangka");

    @Test
    void without_options_everything_starts_on_the_usual_ports_and_data() {
        assertThat(parse())
                .isEqualTo(new Options(HOME, HOME.resolve("data"), false, true, Ports.usual(), Set.of(), 5_000, 4));
    }

    @Test
    void every_option_is_understood() {
        assertThat(parse("--fresh --no-demo --data /var/../srv/k --port-base 30000 --people 7 --pace 0"
                        .concat(" --without empi --without api")))
                .isEqualTo(new Options(
                        HOME, Path.of("/srv/k"), true, false, Ports.from(30_000), Set.of("api", "empi"), 7, 0));
    }

    /** The table in README.md. */
    @Test
    void the_ports_follow_the_base() {
        Ports ports = Ports.from(30_000);
        assertThat(List.of(
                        ports.sandbox(),
                        ports.api(),
                        ports.mobileBff(),
                        ports.notification(),
                        ports.empi(),
                        ports.mllp(),
                        ports.postgres(),
                        ports.redis(),
                        ports.hospitals()))
                .containsExactly(30_000, 30_001, 30_002, 30_003, 30_004, 30_005, 30_006, 30_007, 30_008);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "--frehs, I don't know the option --frehs.",
                "--data, The option --data needs a value.",
                "--port-base many, \"The option --port-base needs a number from 1024 to 65000, not many.\"",
                "--port-base 80, \"The option --port-base needs a number from 1024 to 65000, not 80.\"",
                "--port-base 65001, \"The option --port-base needs a number from 1024 to 65000, not 65001.\"",
                "--people 0, \"The option --people needs a number from 1 to 1000000, not 0.\"",
                "--pace -1, \"The option --pace needs a number from 0 to 100000, not -1.\"",
                "--without redis, \"There is no service redis; there are api, empi, mobile-bff, notification.\"",
            })
    void what_makes_no_sense_is_told_in_one_sentence_with_the_usage(String arguments, String sentence) {
        assertThatThrownBy(() -> parse(arguments))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith(sentence + "\nUsage: ./run [options]\n");
    }

    private static Options parse(String arguments) {
        return Options.parse(HOME, List.of(arguments.split(" ", -1)));
    }

    private static Options parse() {
        return Options.parse(HOME, List.of());
    }
}
