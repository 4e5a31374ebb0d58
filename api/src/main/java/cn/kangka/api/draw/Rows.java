package cn.kangka.api.draw;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Reading rows. */
final class Rows {
    private Rows() {}

    static <T> List<T> all(RowSet<Row> rows, Function<Row, T> reading) {
        return StreamSupport.stream(rows.spliterator(), false).map(reading).toList();
    }

    /** The first row; null when there is none. */
    static <T> T first(RowSet<Row> rows, Function<Row, T> reading) {
        return rows.iterator().hasNext() ? reading.apply(rows.iterator().next()) : null;
    }

    /** A time with the region's offset; null stays null. */
    static OffsetDateTime time(Row row, String column, ZoneId zone) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.atZoneSameInstant(zone).toOffsetDateTime();
    }
}
