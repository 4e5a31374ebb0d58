package cn.kangka.api.directory;

import cn.kangka.kit.page.Limits;
import cn.kangka.kit.page.Page;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The region's directory; public, because people choose a hospital before they log in. */
@Path("/v1")
@PermitAll
@Tag(name = "Directory", description = "医院、科室、医生 Hospitals, departments and doctors of the region")
public class DirectoryResource {
    private static final int QUERY_LENGTH = 40;

    private final Directory directory;

    DirectoryResource(Directory directory) {
        this.directory = directory;
    }

    @GET
    @Path("hospitals")
    @Operation(summary = "医院列表 List hospitals", description = "Hospitals and community health centres by id.")
    @APIResponse(responseCode = "200", description = "One page of hospitals")
    @APIResponse(responseCode = "400", description = "A parameter breaks its rule")
    public Uni<Page<HospitalView>> hospitals(
            @QueryParam("kind") @Pattern(regexp = "HOSPITAL|CENTRE") String kind,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return directory.hospitals(kind, limit, cursor);
    }

    @GET
    @Path("hospitals/{id}")
    @Operation(summary = "医院详情 Read one hospital", description = "With its booking rules.")
    @APIResponse(responseCode = "200", description = "The hospital")
    @APIResponse(responseCode = "404", description = "No such hospital")
    public Uni<HospitalView> hospital(@PathParam("id") String id) {
        return directory.hospital(id);
    }

    @GET
    @Path("hospitals/{id}/departments")
    @Operation(
            summary = "医院的科室 List a hospital's departments",
            description = "By code; q is a part of the name or the pinyin initials (xnk finds 心内科).")
    @APIResponse(responseCode = "200", description = "One page of departments")
    @APIResponse(responseCode = "404", description = "No such hospital")
    public Uni<Page<DepartmentView>> departments(
            @PathParam("id") String hospital,
            @QueryParam("q") @Size(max = QUERY_LENGTH) String query,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return directory.departmentsOf(hospital, query, limit, cursor);
    }

    @GET
    @Path("hospitals/{id}/doctors")
    @Operation(
            summary = "医院的医生 List a hospital's doctors",
            description = "By code; department is an id or code, q a part of the name or the pinyin initials.")
    @APIResponse(responseCode = "200", description = "One page of doctors")
    @APIResponse(responseCode = "404", description = "No such hospital")
    public Uni<Page<DoctorView>> doctors(
            @PathParam("id") String hospital,
            @QueryParam("department") String department,
            @QueryParam("q") @Size(max = QUERY_LENGTH) String query,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return directory.doctors(hospital, department, query, limit, cursor);
    }

    @GET
    @Path("departments")
    @Operation(
            summary = "查找科室 Find departments in all hospitals",
            description = "q is a part of the name or the pinyin initials; without it, all by hospital and code.")
    @APIResponse(responseCode = "200", description = "One page of departments")
    public Uni<Page<DepartmentView>> find(
            @QueryParam("q") @Size(max = QUERY_LENGTH) String query,
            @QueryParam("limit") @DefaultValue(Limits.DEFAULT) @Min(1) @Max(Limits.MAX) int limit,
            @QueryParam("cursor") String cursor) {
        return directory.departments(null, query, limit, cursor);
    }
}
