package cn.kangka.empi.matching;

import java.util.Set;
import java.util.UUID;

/**
 * What matching knows of an identity, computed once.
 *
 * @param person whom it belongs to; null when it is not linked yet
 * @param name comparison key of the whole name; empty when unknown
 * @param birth birth date as far as it is known; null when unknown
 * @param residentIds valid resident ids
 * @param documents typed ids that identify by themselves together with name and birth, as {@code type|number}
 * @param decisiveIds ids of domains that link by themselves, as {@code type|number}
 * @param newborn a child without a name yet, who may carry the mother's data
 */
public record Features(
        UUID identity,
        UUID person,
        String name,
        String birth,
        Set<String> residentIds,
        Set<String> documents,
        Set<String> decisiveIds,
        boolean newborn) {
    public Features {
        residentIds = Set.copyOf(residentIds);
        documents = Set.copyOf(documents);
        decisiveIds = Set.copyOf(decisiveIds);
    }
}
