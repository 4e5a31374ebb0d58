package cn.kangka.sandbox.region;

import java.util.List;

/**
 * An OAuth client of the region, as {@code api} must know it.
 *
 * @param role partner, terminal, hospital or service
 * @param channel of a partner's bookings; null for others
 * @param sources institutions that it speaks for; empty for partners and services
 */
public record Client(
        String clientId, String name, String role, String channel, List<String> sources, List<String> scopes) {}
