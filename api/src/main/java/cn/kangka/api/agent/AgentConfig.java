package cn.kangka.api.agent;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Staff logins of the sandbox. */
@ConfigMapping(prefix = "kangka.agent")
public interface AgentConfig {
    /** Whether staff may log in with a password at all; never where real people's data is. */
    @WithDefault("false")
    boolean sandboxLogin();

    /** Staff to register: {@code [{username, password, roles[], sources[]?}]}, sources of clerks only; none by default. */
    Optional<Path> staffFile();

    /** How often the file is looked at. */
    @WithDefault("10s")
    Duration reloadEvery();

    /** Rounds of PBKDF2-HMAC-SHA-256 for new hashes (OWASP 2023: 600,000). */
    @WithDefault("600000")
    int hashRounds();

    /** So many wrong passwords in a row lock a name. */
    @WithDefault("5")
    int tries();

    /** How long it stays locked. */
    @WithDefault("15m")
    Duration lock();
}
