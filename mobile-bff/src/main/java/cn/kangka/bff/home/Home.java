package cn.kangka.bff.home;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A whole home screen.
 *
 * @param account the caller's account, from the verified token
 * @param name masked; absent before real name
 * @param level 0 phone only, 1 named, 2 real name, 3 verified in person
 * @param card the regional card {@code {id, kind, status}}; absent when there is none
 * @param nextAppointment as in {@code GET /v1/me/appointments}; absent when there is none
 * @param newestReport as in {@code GET /v1/me/reports}; absent when there is none
 * @param alerts how many safety alerts stand
 * @param unread how many notices are unread
 * @param degraded parts that could not be had in time: summary, cards, unread; ask again later
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "A whole home screen; parts that could not be had are named in degraded")
public record Home(
        UUID account,
        String name,
        Integer level,
        @Schema(type = SchemaType.OBJECT) JsonNode card,
        @Schema(type = SchemaType.OBJECT) JsonNode nextAppointment,
        @Schema(type = SchemaType.OBJECT) JsonNode newestReport,
        Integer alerts,
        Integer unread,
        List<String> degraded) {}
