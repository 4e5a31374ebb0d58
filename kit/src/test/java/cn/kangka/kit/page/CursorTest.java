package cn.kangka.kit.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cn.kangka.kit.id.Ids;
import io.quarkiverse.resteasy.problem.HttpProblem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void reads_what_it_wrote() {
        Cursor cursor = new Cursor(Instant.parse("2026-11-22T10:00:00.123456Z"), Ids.next());
        assertThat(Cursor.decode(cursor.encode())).isEqualTo(cursor);
        assertThat(Cursor.decode(null)).isNull();
        assertThat(Cursor.decode(" ")).isNull();
    }

    @Test
    void what_is_not_a_cursor_is_refused() {
        for (String wrong : List.of("x", "%%%", "MjAyNg", "fA")) {
            assertThatThrownBy(() -> Cursor.decode(wrong)).isInstanceOf(HttpProblem.class);
        }
    }

    @Test
    void a_page_has_a_next_only_when_there_is_more() {
        Cursor key = new Cursor(Instant.EPOCH, Ids.next());
        assertThat(Page.of(List.of(1, 2), 2, i -> key).next()).isNull();
        Page<Integer> page = Page.of(List.of(1, 2, 3), 2, i -> key);
        assertThat(page.items()).containsExactly(1, 2);
        assertThat(page.next()).isEqualTo(key.encode());
    }

    @Test
    void ids_sort_by_time_and_are_version_7() {
        assertThat(Ids.at(2_000)).isGreaterThan(Ids.at(1_000));
        assertThat(Ids.next().version()).isEqualTo(7);
        assertThat(Ids.next().variant()).isEqualTo(2);
    }
}
