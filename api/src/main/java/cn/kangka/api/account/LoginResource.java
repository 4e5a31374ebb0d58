package cn.kangka.api.account;

import cn.kangka.api.session.Tokens;
import cn.kangka.kit.address.ClientAddress;
import cn.kangka.kit.problem.ProblemTexts;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Login by phone. */
@Path("/v1/login")
@Tag(name = "Login")
public class LoginResource {
    private static final int LONGEST_PHONE = 32;

    private final Login login;

    LoginResource(Login login) {
        this.login = login;
    }

    @Schema(description = "Where the code goes")
    record CodeRequest(
            @Schema(description = "Mainland mobile number, 11 digits", examples = "13912345678")
            @NotNull
            @Size(max = LONGEST_PHONE)
            String phone) {
        @Override
        public String toString() {
            return "a request for a code";
        }
    }

    @Schema(description = "A phone and the code it got")
    record LoginRequest(
            @NotNull @Size(max = LONGEST_PHONE) String phone,

            @Schema(description = "Six digits", examples = "123456") @NotNull @Size(max = LONGEST_PHONE)
            String code) {
        @Override
        public String toString() {
            return "a login";
        }
    }

    @POST
    @Path("/codes")
    @PermitAll
    @Operation(
            summary = "Send a login code by SMS",
            description = "Six digits, good for 5 minutes and 5 tries; one a minute and five an hour per phone.")
    @APIResponse(responseCode = "202", description = "On its way")
    @APIResponse(responseCode = "422", description = "Not a mainland mobile number")
    @APIResponse(responseCode = "429", description = "login-codes-too-many, with Retry-After")
    public Uni<RestResponse<Void>> code(@NotNull @Valid CodeRequest request, @Context HttpServerRequest http) {
        return login.sendCode(request.phone(), ClientAddress.of(http)).replaceWith(RestResponse.accepted());
    }

    @POST
    @PermitAll
    @Operation(
            summary = "Log in with a code",
            description =
                    "The first login of a phone makes its account (level 0). Its bookings come through the channel app.")
    @APIResponse(responseCode = "200", description = "Tokens")
    @APIResponse(responseCode = "401", description = "login-code-wrong: wrong, used, expired or tried too often")
    public Uni<Tokens> login(@NotNull @Valid LoginRequest request, @Context HttpServerRequest http) {
        return login.login(request.phone(), request.code(), ProblemTexts.locale(), ClientAddress.of(http));
    }
}
