package cn.kangka.empi.matching.model;

import cn.kangka.empi.matching.value.KeyTransform;

/**
 * A part of a blocking key.
 *
 * @param field index of the field
 * @param written as in the model, such as {@code surname first 3}
 * @param each whether every column of the field is a key of its own, as for names that may have changed places
 * @param transform what is taken of the value
 */
public record KeyPart(int field, String written, boolean each, KeyTransform transform) {}
