package cn.kangka.api.callcentre;

import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Somebody the caller may be; everything but the id is masked by the index. */
@Schema(
        name = "Candidate",
        description = "A person, masked: first character of the name, first 3 and last 4 of numbers")
record Candidate(UUID person, String name, String sex, String birthDate, String phone, String idNumber) {}
