package cn.kangka.sandbox.hospital;

/**
 * How far the seeding is.
 *
 * @param phase directory, staff, people, more-registrations or history
 * @param done acknowledged, of {@code total}
 * @param refused how many the region did not want
 */
public record SeedStep(String phase, int done, int total, int refused) {}
