package cn.kangka.api.education;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ArticleSourceTest {
    private static final String TEXT = """
            ---
            slug: test
            title: 标题
            summary: 摘要：一句话
            topics: [血压, 心脏]
            icd10: []
            loinc: [8480-6]
            audience: [adult]
            reviewedOn: 2026-11-22
            sources: [《指南（2019），修订》]
            ---
            ## 正文
            """;

    @Test
    void front_matter_and_text_are_read() {
        ArticleSource source = ArticleSource.parse("test.zh-CN.md", TEXT);

        assertThat(source.language()).isEqualTo("zh-CN");
        assertThat(source.summary()).isEqualTo("摘要：一句话");
        assertThat(source.topics()).containsExactly("血压", "心脏");
        assertThat(source.icd10()).isEmpty();
        assertThat(source.sources()).containsExactly("《指南（2019），修订》");
        assertThat(source.markdown()).contains("## 正文").doesNotContain("slug");
    }

    @Test
    void a_file_named_for_another_slug_or_without_a_field_is_refused() {
        assertThatThrownBy(() -> ArticleSource.parse("other.zh-CN.md", TEXT)).hasMessageContaining("slug");
        assertThatThrownBy(() -> ArticleSource.parse("test.zh-CN.md", TEXT.replaceAll("title.*\n", "")))
                .hasMessageContaining("title");
        assertThatThrownBy(() -> ArticleSource.parse("test.zh-CN.md", "no front matter"))
                .hasMessageContaining("front matter");
    }

    @Test
    void every_article_of_the_release_is_there_in_both_languages() {
        List<ArticleSource> sources = ArticleLoader.sources();

        assertThat(sources).isNotEmpty();
        assertThat(sources.stream()
                        .collect(Collectors.groupingBy(
                                ArticleSource::slug, Collectors.mapping(ArticleSource::language, Collectors.toSet())))
                        .values())
                .allMatch(
                        languages -> languages.size() == 2 && languages.contains("zh-CN") && languages.contains("en"));
    }
}
