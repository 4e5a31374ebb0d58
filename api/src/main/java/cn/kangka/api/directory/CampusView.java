package cn.kangka.api.directory;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A campus (院区) of a hospital.
 *
 * @param code the hospital's own code
 */
public record CampusView(
        @Schema(examples = "EAST") String code,
        @Schema(examples = "东院区") String name,
        @Schema(nullable = true) String address,
        @Schema(nullable = true) String telephone,
        @Schema(nullable = true) Position position) {}
