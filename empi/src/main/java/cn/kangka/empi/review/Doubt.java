package cn.kangka.empi.review;

import java.util.UUID;

/**
 * A pair of identities that a human should look at.
 *
 * @param one identity with the smaller id, {@code other} the one with the greater
 * @param probability that they are one human, 0–1
 * @param veto what forbade the join; null when they were only not likely enough
 */
public record Doubt(UUID one, UUID other, double probability, String veto) {}
