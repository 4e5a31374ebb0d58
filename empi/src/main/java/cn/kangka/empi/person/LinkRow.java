package cn.kangka.empi.person;

import java.util.UUID;

/**
 * An active link.
 *
 * @param manual decided by a person; no rule moves it
 */
public record LinkRow(UUID identity, UUID person, long version, boolean manual, String rule) {}
