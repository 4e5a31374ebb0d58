package cn.kangka.api.testing;

import cn.kangka.kit.database.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Looks into the database, for what no door shows. */
@ApplicationScoped
public class Rows {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Database database;

    public Rows(Database database) {
        this.database = database;
    }

    /** First column of the first row; null when there is none. */
    @SuppressWarnings("unchecked")
    public <T> T one(String query) {
        return (T) database.pool()
                .query(query)
                .execute()
                .map(rows -> rows.iterator().hasNext() ? rows.iterator().next().getValue(0) : null)
                .await()
                .atMost(PATIENCE);
    }

    public int change(String statement) {
        return database.pool()
                .query(statement)
                .execute()
                .map(rows -> rows.rowCount())
                .await()
                .atMost(PATIENCE);
    }
}
