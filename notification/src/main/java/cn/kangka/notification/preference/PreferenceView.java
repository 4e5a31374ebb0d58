package cn.kangka.notification.preference;

import cn.kangka.notification.channel.NoticeClass;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A person's wishes as the app shows and sends them. */
@Schema(name = "Preferences")
public record PreferenceView(
        @NotNull @Valid Quiet quietHours,

        @Schema(description = "every class but URGENT, which cannot be switched off") @NotNull @Size(max = 4) @Valid
        List<Wish> classes) {

    static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

    /** When push and SMS wait. */
    public record Quiet(
            @Schema(description = "HH:mm, inclusive", examples = "22:00") @NotNull @Pattern(regexp = TIME)
            String from,

            @Schema(description = "HH:mm, exclusive; the same as from for no quiet hours", examples = "06:00")
            @NotNull
            @Pattern(regexp = TIME)
            String to) {}

    /** One class of notices. */
    public record Wish(
            @NotNull @JsonProperty("class") NoticeClass noticeClass,
            @NotNull Boolean push,
            @NotNull Boolean sms) {}
}
