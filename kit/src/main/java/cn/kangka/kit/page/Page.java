package cn.kangka.kit.page;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * One page of a list.
 *
 * @param items the items, in the order of the list
 * @param next opaque cursor of the next page; null at the end
 */
@Schema(description = "One page of a list; pass next as ?cursor= to get the following one")
public record Page<T>(
        List<T> items, @Schema(nullable = true) String next) {

    /**
     * Cuts a result that was asked for with {@code limit + 1} rows.
     *
     * @param rows at most {@code limit + 1} rows
     * @param key the keyset position of a row, which becomes the cursor
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> key) {
        return cut(rows, limit, row -> key.apply(row).encode());
    }

    /** The same for a list that is ordered by text, such as a code. */
    public static <T> Page<T> ofTexts(List<T> rows, int limit, Function<T, TextCursor> key) {
        return cut(rows, limit, row -> key.apply(row).encode());
    }

    private static <T> Page<T> cut(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(List.copyOf(items), cursor.apply(items.get(limit - 1)));
    }

    /** The same page with other items. */
    public <R> Page<R> map(Function<T, R> mapper) {
        return new Page<>(items.stream().map(mapper).toList(), next);
    }
}
