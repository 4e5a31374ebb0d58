package cn.kangka.api.education;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown (CommonMark) to HTML that is safe to put into a page: raw HTML is escaped, unsafe links are emptied. */
final class ArticleRendering {
    /** Raise it when the HTML or the search terms of an unchanged source change, so that every start renders anew. */
    private static final int VERSION = 1;

    private final Parser parser = Parser.builder().build();
    private final HtmlRenderer renderer =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    String html(String markdown) {
        return renderer.render(parser.parse(markdown));
    }

    /** Title and topics count most, then the summary, then the text. */
    static String terms(ArticleSource source) {
        return new SearchTerms()
                .add('A', source.title())
                .add('A', String.join(" ", source.topics()))
                .add('B', source.summary())
                .add('C', source.markdown())
                .vector();
    }

    /** Changes whenever the stored article would. */
    static byte[] fingerprint(ArticleSource source) {
        try {
            return MessageDigest.getInstance("SHA-256").digest((VERSION + "\n" + source).getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
