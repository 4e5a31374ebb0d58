package cn.kangka.empi.person;

import cn.kangka.empi.identity.Document;
import cn.kangka.empi.identity.Sex;
import java.util.List;
import java.util.UUID;

/**
 * The best values of a person's identities, each with where it came from.
 *
 * <p>{@code from} is null for a value that no identity told.
 */
public record GoldenRecord(
        Value<PersonName> name,
        Value<Sex> sex,
        Value<String> birth,
        Value<String> address,
        Value<Boolean> deceased,
        List<Value<String>> phones,
        List<Value<Document>> documents) {
    /** A value and the identity that told it. */
    public record Value<T>(T value, UUID from) {}

    /** A name as a whole and in its parts. */
    public record PersonName(String whole, String family, String given) {}

    /** Of somebody nothing is known of. */
    public static GoldenRecord empty() {
        return new GoldenRecord(
                new Value<>(null, null),
                new Value<>(Sex.UNKNOWN, null),
                new Value<>(null, null),
                new Value<>(null, null),
                new Value<>(false, null),
                List.of(),
                List.of());
    }
}
