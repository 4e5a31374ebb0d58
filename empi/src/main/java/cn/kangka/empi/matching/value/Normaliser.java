package cn.kangka.empi.matching.value;

/** Brings a text into one spelling; an empty answer means that the value is missing. */
@FunctionalInterface
public interface Normaliser {
    String apply(String text);

    /** This one, then another. */
    default Normaliser then(Normaliser next) {
        return text -> {
            String first = apply(text);
            return first.isEmpty() ? first : next.apply(first);
        };
    }
}
