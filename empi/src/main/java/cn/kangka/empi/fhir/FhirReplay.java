package cn.kangka.empi.fhir;

import cn.kangka.empi.hospital.MessageReplay;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import java.util.UUID;

/**
 * Does stored FHIR requests once more: a patient as in a feed, a bundle as it is. That of a client who speaks for several
 * institutions is refused, since nobody knows any more for which of them it spoke.
 */
@ApplicationScoped
class FhirReplay implements MessageReplay {
    private final FhirLog log;
    private final FhirIntake intake;
    private final FhirParsing parsing;
    private final PatientService patients;

    FhirReplay(FhirLog log, FhirIntake intake, FhirParsing parsing, PatientService patients) {
        this.log = log;
        this.intake = intake;
        this.parsing = parsing;
        this.patients = patients;
    }

    @Override
    public String code() {
        return "FHIR";
    }

    @Override
    public Uni<Void> again(UUID id, String source, String name, byte[] body) {
        FhirCall call = FhirCall.stored(body);
        FhirSender sender = new FhirSender("replay", Set.of(source == null ? "-" : source));
        return log.again(
                        id,
                        () -> name.equals("Patient")
                                ? patients.work(call, sender, PatientRequests.Verb.FEED, null)
                                : intake.work(parsing.read(call), call, sender))
                .replaceWithVoid();
    }
}
