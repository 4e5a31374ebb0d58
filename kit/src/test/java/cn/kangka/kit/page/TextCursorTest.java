package cn.kangka.kit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkiverse.resteasy.problem.HttpProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCursorTest {
    @Test
    void a_position_comes_back_as_it_was() {
        for (TextCursor cursor : List.of(new TextCursor("H001", "内科"), new TextCursor("H001", ""), TextCursor.START)) {
            assertThat(TextCursor.decode(cursor.encode())).isEqualTo(cursor);
        }
        assertThat(TextCursor.decode(null)).isSameAs(TextCursor.START);
        assertThat(TextCursor.decode(" ")).isSameAs(TextCursor.START);
    }

    @Test
    void what_is_no_cursor_of_ours_is_refused() {
        for (String foreign : List.of("###", "SDAwMQ")) {
            assertThatThrownBy(() -> TextCursor.decode(foreign)).isInstanceOf(HttpProblem.class);
        }
    }

    @Test
    void a_page_by_text_ends_with_the_position_of_its_last_item() {
        Page<String> page = Page.ofTexts(List.of("a", "b", "c"), 2, text -> new TextCursor(text, ""));
        assertThat(page.items()).containsExactly("a", "b");
        assertThat(TextCursor.decode(page.next())).isEqualTo(new TextCursor("b", ""));
        assertThat(page.map(String::length)).isEqualTo(new Page<>(List.of(1, 1), page.next()));
    }
}
