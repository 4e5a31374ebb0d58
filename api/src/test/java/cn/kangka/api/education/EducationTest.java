package cn.kangka.api.education;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import cn.kangka.sandbox.testing.RegionResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RegionResource.class)
class EducationTest {
    private static final String ARTICLES = "/v1/education/articles";

    @Inject
    ArticleLoader loader;

    @Inject
    Articles articles;

    @Test
    void a_word_of_two_characters_finds_its_article_first() {
        given().queryParam("q", "血压")
                .get(ARTICLES)
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("public"))
                .body("items[0].id", equalTo("hypertension"))
                .body("items[0].title", containsString("血压"))
                .body("items[0].topics", hasItem("高血压"));
    }

    @Test
    void a_longer_word_is_found_as_a_phrase() {
        given().queryParam("q", "高血压").get(ARTICLES).then().body("items[0].id", equalTo("hypertension"));
    }

    @Test
    void words_that_no_article_has_together_find_those_that_have_some() {
        given().queryParam("q", "痛风石猩红热")
                .get(ARTICLES)
                .then()
                .statusCode(200)
                .body("items.id", hasItem("gout-uric-acid"));
    }

    @Test
    void nonsense_finds_nothing() {
        given().queryParam("q", "zzqx").get(ARTICLES).then().statusCode(200).body("items", hasSize(0));
        given().queryParam("q", "?!").get(ARTICLES).then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void whoever_prefers_english_gets_english() {
        given().header("Accept-Language", "en-GB,zh;q=0.5")
                .queryParam("q", "uric acid")
                .get(ARTICLES)
                .then()
                .header("Vary", containsString("Accept-Language"))
                .body("items[0].id", equalTo("gout-uric-acid"))
                .body("items[0].title", containsString("uric"));
    }

    @Test
    void the_list_goes_by_pages_without_a_gap_or_a_repetition() {
        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            JsonPath page = given().queryParam("limit", 4)
                    .queryParams(cursor == null ? java.util.Map.of() : java.util.Map.of("cursor", cursor))
                    .get(ARTICLES)
                    .jsonPath();
            seen.addAll(page.getList("items.id"));
            cursor = page.getString("next");
        } while (cursor != null);

        Set<String> all =
                ArticleLoader.sources().stream().map(ArticleSource::slug).collect(java.util.stream.Collectors.toSet());
        assertThat(seen).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void a_search_goes_by_pages_too() {
        JsonPath first = given().queryParam("q", "检查")
                .queryParam("limit", 2)
                .get(ARTICLES)
                .jsonPath();
        List<String> second = given().queryParam("q", "检查")
                .queryParam("limit", 2)
                .queryParam("cursor", first.getString("next"))
                .get(ARTICLES)
                .jsonPath()
                .getList("items.id");

        assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first.getList("items.id"));
    }

    @Test
    void a_topic_selects() {
        given().queryParam("topic", "血常规")
                .get(ARTICLES)
                .then()
                .body("items", not(hasSize(0)))
                .body("items.topics", everyItem(hasItem("血常规")));
    }

    @Test
    void an_article_is_html_with_its_sources() {
        given().get(ARTICLES + "/hypertension")
                .then()
                .statusCode(200)
                .body("id", equalTo("hypertension"))
                .body("html", containsString("<h2>"))
                .body("sources", not(hasSize(0)))
                .body("reviewedOn", notNullValue())
                .body("tag", nullValue());
    }

    @Test
    void an_article_that_the_browser_has_is_not_sent_again() {
        String tag = given().get(ARTICLES + "/hypertension").header("ETag");

        given().header("If-None-Match", tag)
                .get(ARTICLES + "/hypertension")
                .then()
                .statusCode(304)
                .body(is(""));
    }

    @Test
    void an_unknown_article_is_404_and_a_bad_parameter_400() {
        given().get(ARTICLES + "/no-such").then().statusCode(404).body("type", equalTo("/problems/not-found"));
        given().queryParam("limit", 201).get(ARTICLES).then().statusCode(400).body("violations", not(hasSize(0)));
        given().queryParam("cursor", "nonsense").get(ARTICLES).then().statusCode(422);
    }

    @Test
    void loading_the_same_articles_again_changes_nothing() {
        int changed = loader.load(ArticleLoader.sources()).await().atMost(Duration.ofSeconds(20));

        assertThat(changed).isZero();
    }

    @Test
    void a_result_finds_the_article_that_explains_it() {
        assertThat(articles.forLoinc(Locale.SIMPLIFIED_CHINESE, List.of("6690-2", "0000-0"))
                        .await()
                        .atMost(Duration.ofSeconds(5)))
                .containsOnlyKeys("6690-2")
                .extractingByKey("6690-2")
                .extracting(ArticleLink::id)
                .isEqualTo("blood-count");
    }
}
