package cn.kangka.api.education;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import cn.kangka.kit.problem.ProblemTexts;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Education articles, public. */
@Path("/v1/education/articles")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Education", description = "Articles that explain results and diseases; zh-CN, or en by Accept-Language")
@PermitAll
public class EducationResource {
    private final Articles articles;
    private final EducationConfig config;

    EducationResource(Articles articles, EducationConfig config) {
        this.articles = articles;
        this.config = config;
    }

    @GET
    @Operation(
            summary = "Search articles",
            description = "Articles with every word of the query, best first; those with some of it when none has all."
                    + " Without a query the most recently reviewed first.")
    @APIResponse(responseCode = "200", description = "A page of articles")
    @APIResponse(responseCode = "400", description = "A parameter is out of range")
    public Uni<RestResponse<Page<ArticleSummary>>> search(
            @Parameter(description = "What the reader typed, at most 100 characters", example = "血压")
                    @QueryParam("q")
                    @Size(max = 100)
                    String query,
            @Parameter(description = "Exactly one of the topics that articles name", example = "高血压")
                    @QueryParam("topic")
                    @Size(max = 50)
                    String topic,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") @Size(max = 200) String cursor) {
        return articles.search(ProblemTexts.locale(), query, topic, cursor, limit)
                .map(page -> cacheable(ResponseBuilder.ok(page)).build());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read an article")
    @APIResponse(
            responseCode = "200",
            description = "The article",
            content = @Content(schema = @Schema(implementation = Article.class)))
    @APIResponse(responseCode = "304", description = "Unchanged since the given ETag")
    @APIResponse(responseCode = "404", description = "No such article")
    public Uni<RestResponse<Article>> get(
            @Parameter(description = "The article's id", example = "hypertension") @PathParam("id") @Size(max = 100)
                    String id,
            @Context Request request) {
        return articles.get(ProblemTexts.locale(), id).map(article -> answer(article, request));
    }

    private RestResponse<Article> answer(Article article, Request request) {
        EntityTag tag = new EntityTag(article.tag());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        ResponseBuilder<Article> answer =
                unchanged == null ? ResponseBuilder.ok(article) : ResponseBuilder.notModified();
        return cacheable(answer).tag(tag).build();
    }

    private <T> ResponseBuilder<T> cacheable(ResponseBuilder<T> answer) {
        return answer.header(
                        HttpHeaders.CACHE_CONTROL,
                        "public, max-age=" + config.cacheFor().toSeconds())
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
    }
}
