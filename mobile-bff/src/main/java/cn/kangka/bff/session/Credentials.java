package cn.kangka.bff.session;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A login by phone code.
 *
 * @param phone mainland mobile number, 11 digits; checked by api
 * @param code the six digits of the SMS
 */
@Schema(description = "A login by phone code")
public record Credentials(
        @Schema(examples = "13812345678") @NotBlank @Size(max = 20)
        String phone,

        @Schema(examples = "123456") @NotBlank @Size(max = 10)
        String code) {
    /** Holds secrets: never shown. */
    @Override
    public String toString() {
        return "a login";
    }
}
