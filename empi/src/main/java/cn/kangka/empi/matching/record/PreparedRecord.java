package cn.kangka.empi.matching.record;

/**
 * A record ready to be compared any number of times: everything that comparators and keys need of its values is computed.
 * Immutable; made by a {@link RecordSet.Builder} for many or a {@link Preparation} for one.
 */
public final class PreparedRecord {
    private final Value[] values;

    PreparedRecord(Value[] values) {
        this.values = values;
    }

    /** The value of a field, by the field's number in the model; null when it is missing. */
    public Value value(int field) {
        return values[field];
    }

    /** The same without the value of a field. */
    public PreparedRecord without(int field) {
        Value[] others = values.clone();
        others[field] = null;
        return new PreparedRecord(others);
    }
}
