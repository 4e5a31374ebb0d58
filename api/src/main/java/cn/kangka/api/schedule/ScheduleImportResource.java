package cn.kangka.api.schedule;

import cn.kangka.kit.problem.Problems;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Sessions as a file. */
@Path("/v1/schedule-imports")
@RolesAllowed({"supervisor", "hospital"})
@Tag(name = "Schedules")
public class ScheduleImportResource {
    private static final String WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int TOO_LARGE = 413;
    private static final int MOST_BYTES = 2 << 20;

    private final ScheduleImport imports;

    ScheduleImportResource(ScheduleImport imports) {
        this.imports = imports;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "导入排班文件 Import a file",
            description =
                    "Comma-separated text with a header, UTF-8 (with or without BOM) or GB 18030, or a workbook (.xlsx, its"
                            + " first visible sheet); which it is the file itself says. At most 2 MB and 5,000 rows; one row, one session with its doctor and department (docs/schedule-import.md). All or nothing:"
                            + " with any error nothing is saved and every one is told by row, column and rule. The same file"
                            + " again changes nothing. dryRun=true only tells; audited.")
    @APIResponse(responseCode = "200", description = "Saved, or what a dry run found")
    @APIResponse(responseCode = "404", description = "No such hospital, or not the caller's")
    @APIResponse(responseCode = "413", description = "Larger than 2 MB")
    @APIResponse(responseCode = "422", description = "Nothing was saved; errors lists row, column, rule and message")
    public Uni<ScheduleImportView> take(
            @Parameter(description = "a supervisor must name it") @QueryParam("hospital") String hospital,
            @QueryParam("dryRun") @DefaultValue("false") boolean dryRun,
            @RequestBody(
                            content = {
                                @Content(mediaType = "text/csv", schema = @Schema(implementation = String.class)),
                                @Content(
                                        mediaType = WORKBOOK,
                                        schema = @Schema(type = SchemaType.STRING, format = "binary"))
                            })
                    byte[] file) {
        byte[] whole = file == null ? new byte[0] : file;
        if (whole.length > MOST_BYTES) {
            throw Problems.of(TOO_LARGE, "too-large");
        }
        return imports.take(hospital, whole, dryRun);
    }
}
