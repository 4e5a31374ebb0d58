package cn.kangka.bff.home;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/** What api says of the caller in one go; the parts go on as api shapes them. */
record Summary(
        UUID account, Integer level, String name, JsonNode nextAppointment, JsonNode newestReport, Integer alerts) {}
