package cn.kangka.api.education;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArticleRenderingTest {
    private final ArticleRendering rendering = new ArticleRendering();

    @Test
    void markdown_becomes_html() {
        assertThat(rendering.html("## 标题\n- **一**\n")).contains("<h2>标题</h2>", "<strong>一</strong>");
    }

    @Test
    void html_and_scripts_of_the_source_are_escaped() {
        String html = rendering.html("<script>alert(1)</script>\n\n[x](javascript:alert(1))");

        assertThat(html).contains("&lt;script&gt;").doesNotContain("<script", "javascript:");
    }
}
