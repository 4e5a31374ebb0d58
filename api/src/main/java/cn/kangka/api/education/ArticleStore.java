package cn.kangka.api.education;

import static java.nio.charset.StandardCharsets.UTF_8;

import cn.kangka.kit.database.Database;
import cn.kangka.kit.page.Cursor;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The table of articles. */
@ApplicationScoped
class ArticleStore {
    private static final String UPSERT = """
            insert into article (slug, language, id, title, summary, topics, icd10, loinc, audience, sources, reviewed_on,
                html, fingerprint, terms)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::tsvector)
            on conflict (slug, language) do update set title = excluded.title, summary = excluded.summary,
                topics = excluded.topics, icd10 = excluded.icd10, loinc = excluded.loinc, audience = excluded.audience,
                sources = excluded.sources, reviewed_on = excluded.reviewed_on, html = excluded.html,
                fingerprint = excluded.fingerprint, terms = excluded.terms
            where article.fingerprint <> excluded.fingerprint
            """;
    static final String SEARCH = """
            select slug, id, title, summary, topics, score from (
                select slug, id, title, summary, topics, (ts_rank(terms, $2::text::tsquery) * 1000000)::bigint as score
                from article
                where terms @@ $2::text::tsquery and language = $1 and ($3::text is null or topics @> array[$3::text])
            ) found
            where $4::bigint is null or (score, id) < ($4, $5::uuid)
            order by score desc, id desc limit $6
            """;
    private static final String NEWEST = """
            select slug, id, title, summary, topics, (reviewed_on - date '1970-01-01') * 86400::bigint as score
            from article
            where language = $1 and ($2::text is null or topics @> array[$2::text])
              and ($3::date is null or (reviewed_on, id) < ($3, $4::uuid))
            order by reviewed_on desc, id desc limit $5
            """;
    private static final String ONE = """
            select slug, title, summary, topics, html, sources, reviewed_on, fingerprint
            from article where slug = $1 and language = $2
            """;
    private static final String FOR_LOINC = """
            select a.loinc, a.slug, a.title from article a
            where a.language = $1 and a.loinc && $2::text[] order by cardinality(a.loinc), a.slug
            """;

    private final Database database;

    ArticleStore(Database database) {
        this.database = database;
    }

    private record Found(ArticleSummary article, UUID id, long score) {
        static Found of(Row row) {
            return new Found(
                    new ArticleSummary(
                            row.getString("slug"),
                            row.getString("title"),
                            row.getString("summary"),
                            Arrays.asList(row.getArrayOfStrings("topics"))),
                    row.getUUID("id"),
                    row.getLong("score"));
        }

        /** The keyset of this list is (score, id); it travels as every cursor does, the score as seconds. */
        Cursor cursor() {
            return new Cursor(Instant.ofEpochSecond(score), id);
        }
    }

    Uni<Integer> put(SqlConnection tx, List<Tuple> articles) {
        return tx.preparedQuery(UPSERT).executeBatch(articles).map(first -> {
            int changed = 0;
            for (RowSet<Row> each = first; each != null; each = each.next()) {
                changed += each.rowCount();
            }
            return changed;
        });
    }

    static Tuple row(ArticleSource source, String html) {
        return Tuple.tuple(Arrays.asList(
                source.slug(),
                source.language(),
                UUID.nameUUIDFromBytes((source.slug() + "." + source.language()).getBytes(UTF_8)),
                source.title(),
                source.summary(),
                source.topics().toArray(String[]::new),
                source.icd10().toArray(String[]::new),
                source.loinc().toArray(String[]::new),
                source.audience().toArray(String[]::new),
                source.sources().toArray(String[]::new),
                source.reviewedOn(),
                html,
                Buffer.buffer(ArticleRendering.fingerprint(source)),
                ArticleRendering.terms(source)));
    }

    /** Articles that the release no longer carries go. */
    Uni<Integer> keepOnly(SqlConnection tx, List<String> slugs) {
        return tx.preparedQuery("delete from article where slug <> all($1)")
                .execute(Tuple.of(slugs.toArray(String[]::new)))
                .map(RowSet::rowCount);
    }

    Uni<Page<ArticleSummary>> search(Language language, String query, String topic, Cursor after, int limit) {
        return page(
                SEARCH,
                Tuple.tuple(Arrays.asList(
                        language.tag(),
                        query,
                        topic,
                        after == null ? null : after.at().getEpochSecond(),
                        after == null ? null : after.id(),
                        limit + 1)),
                limit);
    }

    Uni<Page<ArticleSummary>> newest(Language language, String topic, Cursor after, int limit) {
        return page(
                NEWEST,
                Tuple.tuple(Arrays.asList(
                        language.tag(),
                        topic,
                        after == null ? null : LocalDate.ofInstant(after.at(), ZoneOffset.UTC),
                        after == null ? null : after.id(),
                        limit + 1)),
                limit);
    }

    private Uni<Page<ArticleSummary>> page(String sql, Tuple arguments, int limit) {
        return database.pool().preparedQuery(sql).execute(arguments).map(rows -> Page.of(
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(Found::of)
                                .toList(),
                        limit,
                        Found::cursor)
                .map(Found::article));
    }

    /** The article; null when there is none. */
    Uni<Article> find(Language language, String slug) {
        return database.pool()
                .preparedQuery(ONE)
                .execute(Tuple.of(slug, language.tag()))
                .map(rows -> {
                    for (Row row : rows) {
                        return article(row);
                    }
                    return null;
                });
    }

    private static Article article(Row row) {
        return new Article(
                row.getString("slug"),
                row.getString("title"),
                row.getString("summary"),
                Arrays.asList(row.getArrayOfStrings("topics")),
                row.getString("html"),
                Arrays.asList(row.getArrayOfStrings("sources")),
                row.getLocalDate("reviewed_on"),
                HexFormat.of().formatHex(row.getBuffer("fingerprint").getBytes(), 0, 16));
    }

    /** By LOINC code, the article that is about the fewest codes, and so most about that one. */
    Uni<Map<String, ArticleLink>> forLoinc(Language language, Set<String> wanted) {
        return database.pool()
                .preparedQuery(FOR_LOINC)
                .execute(Tuple.of(language.tag(), wanted.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, ArticleLink> links = new LinkedHashMap<>();
                    for (Row row : rows) {
                        ArticleLink link = new ArticleLink(row.getString("slug"), row.getString("title"));
                        for (String code : row.getArrayOfStrings("loinc")) {
                            if (wanted.contains(code)) {
                                links.putIfAbsent(code, link);
                            }
                        }
                    }
                    return links;
                });
    }
}
