package cn.kangka.api.account;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** "I am this person": compared with what hospitals recorded. */
@Schema(description = "Name and id document, as hospitals have them")
record IdentityClaim(
        @Schema(examples = "张伟") @NotBlank @Size(max = 100) String name,

        @Schema(description = "Kind of document, such as RESIDENT_ID", examples = "RESIDENT_ID")
        @NotBlank
        @Size(max = 50)
        String idType,

        @NotBlank @Size(max = 50) String idNumber) {

    @Override
    public String toString() {
        return "a claim";
    }
}
