package cn.kangka.api.fhir;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** FHIR R4 over appointments: reads and searches. */
@Path("/fhir")
@Produces(SchedulingResource.FHIR)
@Tag(name = "FHIR", description = "FHIR R4: Schedule, Slot, Appointment")
public class SchedulingResource {
    static final String FHIR = "application/fhir+json";
    private static final int BAD_REQUEST = 400;
    private static final int UNPROCESSABLE = 422;

    private final Scheduling scheduling;

    SchedulingResource(Scheduling scheduling) {
        this.scheduling = scheduling;
    }

    @GET
    @Path("metadata")
    @PermitAll
    @Operation(summary = "能力声明 CapabilityStatement")
    @APIResponse(responseCode = "200", description = "What this server does")
    public Response metadata(@Context UriInfo uri) {
        return ok(SchedulingCapabilities.statement(base(uri)));
    }

    @GET
    @Path("Schedule/{id}")
    @PermitAll
    @Operation(summary = "读取出诊 Read a session")
    @APIResponse(responseCode = "200", description = "Schedule")
    @APIResponse(responseCode = "404", description = "OperationOutcome: no such session is published")
    public Uni<Response> schedule(@PathParam("id") String id) {
        return one(() -> scheduling.schedule(id));
    }

    @GET
    @Path("Schedule")
    @PermitAll
    @Operation(
            summary = "查询出诊 Search sessions",
            description =
                    "By actor (HealthcareService/<department> or Practitioner/<doctor>), and date with eq, ge, gt, le, lt;"
                            + " at most 62 days, from now on by default. Pages by the next link.")
    @APIResponse(responseCode = "200", description = "Bundle of type searchset")
    @APIResponse(responseCode = "400", description = "OperationOutcome: a parameter is missing or cannot be read")
    public Uni<Response> schedules(
            @QueryParam("actor") String actor,
            @QueryParam("date") List<String> dates,
            @QueryParam("_count") String count,
            @QueryParam("_cursor") String cursor,
            @Context UriInfo uri) {
        return page(uri, () -> scheduling.schedules(actor, dates, count, cursor));
    }

    @GET
    @Path("Slot/{id}")
    @PermitAll
    @Operation(summary = "读取号源时段 Read a band")
    @APIResponse(responseCode = "200", description = "Slot; its capacity is what the app can book now")
    @APIResponse(responseCode = "404", description = "OperationOutcome: no such band is published")
    public Uni<Response> slot(@PathParam("id") String id) {
        return one(() -> scheduling.slot(id));
    }

    @GET
    @Path("Slot")
    @PermitAll
    @Operation(
            summary = "查询号源时段 Search bands",
            description =
                    "By schedule (Schedule/<session>) or schedule.actor (HealthcareService/<department>), and start with eq,"
                            + " ge, gt, le, lt; at most 62 days, from now on by default. Pages by the next link.")
    @APIResponse(responseCode = "200", description = "Bundle of type searchset")
    @APIResponse(responseCode = "400", description = "OperationOutcome: a parameter is missing or cannot be read")
    public Uni<Response> slots(
            @QueryParam("schedule") String schedule,
            @QueryParam("schedule.actor") String actor,
            @QueryParam("start") List<String> starts,
            @QueryParam("_count") String count,
            @QueryParam("_cursor") String cursor,
            @Context UriInfo uri) {
        return page(uri, () -> scheduling.slots(schedule, actor, starts, count, cursor));
    }

    @GET
    @Path("Appointment/{id}")
    @RolesAllowed("citizen")
    @Operation(summary = "读取我的预约 Read an own booking")
    @APIResponse(responseCode = "200", description = "Appointment")
    @APIResponse(responseCode = "404", description = "OperationOutcome: no such booking, or not the caller's")
    public Uni<Response> appointment(@PathParam("id") String id) {
        return one(() -> scheduling.appointment(id));
    }

    @GET
    @Path("Appointment")
    @RolesAllowed("citizen")
    @Operation(
            summary = "查询我的预约 Search own bookings",
            description = "The caller's, the newest first; patient may name nobody else.")
    @APIResponse(responseCode = "200", description = "Bundle of type searchset")
    @APIResponse(responseCode = "400", description = "OperationOutcome: a parameter cannot be read")
    public Uni<Response> appointments(
            @QueryParam("patient") String patient,
            @QueryParam("_count") String count,
            @QueryParam("_cursor") String cursor,
            @Context UriInfo uri) {
        return page(uri, () -> scheduling.appointments(patient, count, cursor));
    }

    private static Uni<Response> one(Supplier<Uni<ObjectNode>> found) {
        return answer(() -> found.get()
                .map(resource -> resource == null ? outcome(404, "not-found", "no such resource here") : ok(resource)));
    }

    private static Uni<Response> page(UriInfo uri, Supplier<Uni<Scheduling.Found>> search) {
        return answer(() -> search.get()
                .map(found -> ok(FhirResources.searchset(
                        base(uri),
                        found.items(),
                        uri.getRequestUri().toString(),
                        found.next() == null ? null : next(uri, found.next())))));
    }

    private static String next(UriInfo uri, String cursor) {
        return uri.getRequestUriBuilder()
                .replaceQueryParam("_cursor", URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .build()
                .toString();
    }

    private static String base(UriInfo uri) {
        return uri.getBaseUri().toString().replaceAll("/$", "") + "/fhir";
    }

    /** What fails is told as FHIR tells it. */
    private static Uni<Response> answer(Supplier<Uni<Response>> work) {
        return Uni.createFrom()
                .deferred(() -> work.get())
                .onFailure(SearchTerms.BadTermException.class)
                .recoverWithItem(bad -> outcome(BAD_REQUEST, "invalid", bad.getMessage()))
                .onFailure(HttpProblem.class)
                .recoverWithItem(SchedulingResource::refused);
    }

    private static Response refused(HttpProblem problem) {
        int status = problem.getStatusCode();
        String code =
                switch (status) {
                    case 404 -> "not-found";
                    case 403 -> "forbidden";
                    case 401 -> "login";
                    default -> "invalid";
                };
        String text = problem.getDetail() == null ? problem.getTitle() : problem.getDetail();
        return outcome(status == UNPROCESSABLE ? BAD_REQUEST : status, code, text == null ? code : text);
    }

    private static Response ok(ObjectNode resource) {
        return Response.ok(resource.toString(), FHIR).build();
    }

    private static Response outcome(int status, String code, String text) {
        return Response.status(status)
                .type(FHIR)
                .entity(FhirResources.outcome(code, text).toString())
                .build();
    }
}
