package cn.kangka.notification.template;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** One language of a template, or what it became for one notice. */
@Schema(description = "The texts of one language. Before rendering they may hold {param}")
public record Texts(
        @Schema(description = "title in the inbox; absent when the notice has no inbox entry", nullable = true)
        String title,

        @Schema(description = "text in the inbox, behind the login; may use every parameter", nullable = true)
        String body,

        @Schema(description = "text of the push; only discreet parameters; absent for no push", nullable = true)
        String push,

        @Schema(
                description = "text of the SMS with its signature; only discreet parameters; absent for no SMS",
                nullable = true)
        String sms) {

    /** Whether there is something for the inbox. */
    public boolean hasInbox() {
        return title != null && body != null;
    }
}
