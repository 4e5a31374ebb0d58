package cn.kangka.api.directory;

import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A doctor with the departments they see patients in.
 *
 * @param code the hospital's own code
 * @param title professional title, such as 主任医师
 */
public record DoctorView(
        UUID id,
        String code,
        String name,
        @Schema(nullable = true, examples = "主任医师") String title,
        @Schema(examples = "H001") String hospital,
        List<Department> departments) {

    /** A department by id and name. */
    public record Department(UUID id, String name) {}
}
