package cn.kangka.empi.fhir;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns answers into HTTP: in the format that was asked for, refusals as OperationOutcome. */
@ApplicationScoped
class FhirExchange {
    private final FhirParsing parsing;

    FhirExchange(FhirParsing parsing) {
        this.parsing = parsing;
    }

    /** Does the work, unless the format of body or answer is none that FHIR has. */
    Uni<Response> answer(FhirCall call, Supplier<Uni<FhirAnswer>> work) {
        Optional<FhirCall.Format> wanted = call.wanted();
        if (wanted.isEmpty()) {
            return response(refused(406, "Accept"), FhirCall.Format.JSON);
        }
        if (call.body() != null && call.body().length > 0 && call.given().isEmpty()) {
            return response(refused(415, "Content-Type"), wanted.get());
        }
        return Uni.createFrom()
                .deferred(() -> work.get())
                .onFailure(FhirRefusedException.class)
                .recoverWithItem(FhirExchange::refusal)
                .map(answer ->
                        call.prefers("return=minimal") && answer.headers().containsKey("Location")
                                ? new FhirAnswer(answer.status(), null, answer.headers())
                                : answer)
                .chain(answer -> response(answer, wanted.get()));
    }

    private static FhirAnswer refusal(Throwable failure) {
        return ((FhirRefusedException) failure).answer();
    }

    private static FhirAnswer refused(int status, String header) {
        return new FhirRefusedException(
                        status,
                        "not-supported",
                        null,
                        header + ": application/fhir+json and application/fhir+xml are spoken here")
                .answer();
    }

    private Uni<Response> response(FhirAnswer answer, FhirCall.Format format) {
        return answer.body() == null || format == FhirCall.Format.JSON
                ? Uni.createFrom().item(built(answer, answer.body(), format))
                : Uni.createFrom()
                        .item(() -> built(answer, parsing.xml(answer.body()), format))
                        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Response built(FhirAnswer answer, String body, FhirCall.Format format) {
        Response.ResponseBuilder response =
                Response.status(answer.status()).type(format.mediaType()).entity(body);
        answer.headers().forEach(response::header);
        return response.build();
    }
}
