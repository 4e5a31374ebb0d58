package cn.kangka.api.directory;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A department of a hospital.
 *
 * @param code the hospital's own code
 * @param specialty the field in words, where the hospital names it
 */
public record DepartmentView(
        UUID id,
        @Schema(examples = "CARD") String code,
        @Schema(examples = "心血管内科") String name,
        @Schema(nullable = true) String specialty,

        @Schema(nullable = true, description = "code of the national list 诊疗科目名录", examples = "03.04")
        String standardCode,

        @Schema(nullable = true, description = "the campus, where the hospital has several", examples = "东院区")
        String campus,

        @Schema(examples = "H001") String hospital,
        String hospitalName) {}
