package cn.kangka.empi.matching.value;

/** What a blocking key takes of a value. */
@FunctionalInterface
public interface KeyTransform {
    /**
     * @param parts the columns of the field, normalised; the first is never null
     * @return null or empty when there is nothing to take: then the record has no key
     */
    String apply(String[] parts);
}
