package cn.kangka.empi.matching.model;

/** A model or a set of parameters that cannot be used. The message is one line and names the place. */
public final class ModelException extends RuntimeException {
    public ModelException(String message) {
        super(message);
    }

    /**
     * @param line from 1
     * @param place the path of keys, such as {@code fields.surname.levels}; empty for the whole file
     */
    public static ModelException at(int line, String place, String problem) {
        return new ModelException("line " + line + (place.isEmpty() ? "" : ", " + place) + ": " + problem);
    }
}
