package cn.kangka.api.partner;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Clients and their tokens. */
@ConfigMapping(prefix = "kangka.partner")
public interface PartnerConfig {
    /** Clients to register: {@code [{clientId, role, name?, channel?, source?, sources[]?, scopes[], jwk}]}; none by default. */
    Optional<Path> clientsFile();

    /** How often the file is looked at. */
    @WithDefault("10s")
    Duration reloadEvery();

    /** Life of a client's token; domain rules: 10 to 20 minutes. */
    @WithDefault("15m")
    Duration tokenLife();

    /** An assertion may live so long at most. */
    @WithDefault("5m")
    Duration assertionLife();

    /** What an assertion may be addressed to, besides the issuer {@code kangka}: URLs of the token endpoint. */
    @WithDefault("${kangka.url.api}/oauth2/token")
    List<String> tokenUrls();

    /** How many requests a client may send in {@link #window}; a burst of all of them at once is allowed. */
    @WithDefault("12000")
    int requests();

    /** The window of {@link #requests}. */
    @WithDefault("1m")
    Duration window();

    /** How many tokens an address may ask for in an hour; loopback is free. */
    @WithDefault("600")
    int tokensPerAddressHour();
}
