package cn.kangka.api.account;

import java.util.UUID;

/**
 * A citizen who is calling.
 *
 * @param person whom the account is bound to; null at level 0
 * @param level 0 phone only, 1 named, 2 real name, 3 verified in person
 * @param channel {@code app}
 */
public record Caller(UUID account, UUID person, int level, String channel) {}
