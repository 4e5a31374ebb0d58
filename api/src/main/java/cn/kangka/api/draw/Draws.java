package cn.kangka.api.draw;

import cn.kangka.api.draw.DrawView.Listed;
import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.page.TextCursor;
import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** What everybody may see of a draw: enough to compute its result anew, and nothing of anybody. */
@ApplicationScoped
public class Draws {
    private static final String BY_RANK = "rank";
    private static final String BY_ID = "id";

    private final Database database;
    private final DrawStore draws;
    private final DrawEntryStore entries;

    Draws(Database database, DrawStore draws, DrawEntryStore entries) {
        this.database = database;
        this.draws = draws;
        this.entries = entries;
    }

    /** The draw; 404 when there is none. */
    public Uni<DrawView> find(UUID id) {
        return draws.find(database.pool(), id).onItem().ifNull().failWith(Problems::notFound);
    }

    /** The closed list: by rank once it is drawn, by id before; empty while the window is open. */
    public Uni<Page<Listed>> list(UUID id, int limit, String cursor) {
        TextCursor after = TextCursor.decode(cursor);
        return find(id).chain(draw -> switch (draw.status()) {
                    case OPEN -> Uni.createFrom().item(List.<Listed>of());
                    case CLOSED, STOPPED -> byId(id, after, limit);
                    case DRAWN, DONE -> after.first().equals(BY_ID) ? byId(id, after, limit) : byRank(id, after, limit);
                })
                .map(rows -> Page.ofTexts(rows, limit, row -> cursor(row, after)));
    }

    private Uni<List<Listed>> byId(UUID draw, TextCursor after, int limit) {
        return entries.byId(database.pool(), draw, after.first().equals(BY_ID) ? id(after) : null, limit + 1);
    }

    private Uni<List<Listed>> byRank(UUID draw, TextCursor after, int limit) {
        return entries.byRank(database.pool(), draw, after.first().equals(BY_RANK) ? rank(after) : 0, limit + 1);
    }

    /** A list goes on in the order in which it began. */
    private static TextCursor cursor(Listed row, TextCursor before) {
        return row.rank() == null || before.first().equals(BY_ID)
                ? new TextCursor(BY_ID, row.id().toString())
                : new TextCursor(BY_RANK, row.rank().toString());
    }

    private static UUID id(TextCursor after) {
        try {
            return UUID.fromString(after.second());
        } catch (IllegalArgumentException e) {
            throw Problems.invalid("cursor", "cursor.unknown");
        }
    }

    private static int rank(TextCursor after) {
        try {
            return Integer.parseInt(after.second());
        } catch (NumberFormatException e) {
            throw Problems.invalid("cursor", "cursor.unknown");
        }
    }
}
