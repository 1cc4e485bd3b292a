package io.github.ignitetasks.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of JSON, which {@link JsonParser} reads. The methods fail if the value is of another kind. */
public sealed interface JsonValue {
    /** An object. */
    record Fields(Map<String, JsonValue> all) implements JsonValue {}

    /** An array. */
    record Elements(List<JsonValue> all) implements JsonValue {}

    /** A text. */
    record Text(String value) implements JsonValue {}

    /** A number. */
    record Numeral(double value) implements JsonValue {}

    /** A literal: true, false or null. */
    record Literal(Optional<Boolean> value) implements JsonValue {}

    /** Reads a text that must be one value. */
    static JsonValue parse(String text) {
        return new JsonParser(text).parse();
    }

    /** Returns a field of an object, by names with dots between. */
    default JsonValue at(String path) {
        JsonValue value = this;
        for (String name : path.split("\\.", -1)) {
            JsonValue field = ((Fields) value).all.get(name);
            if (field == null) {
                throw new AssertionError("no field " + path + " in " + this);
            }
            value = field;
        }
        return value;
    }

    /** Returns the elements of an array. */
    default List<JsonValue> elements() {
        return new ArrayList<>(((Elements) this).all);
    }

    /** Returns the names of the fields of an object. */
    default List<String> names() {
        return new ArrayList<>(new LinkedHashMap<>(((Fields) this).all).keySet());
    }

    /** Returns an element of an array. */
    default JsonValue at(int index) {
        return elements().get(index);
    }

    /** Returns the text of a field. */
    default String text(String path) {
        return ((Text) at(path)).value;
    }

    /** Returns the number of a field. */
    default long number(String path) {
        return (long) at(path).asDouble();
    }

    /** Returns a number. */
    default double asDouble() {
        return ((Numeral) this).value;
    }

    /** Returns whether the value is null. */
    default boolean isNull() {
        return this instanceof Literal literal && literal.value.isEmpty();
    }

    /** Returns whether the value is true. */
    default boolean isTrue() {
        return this instanceof Literal literal && literal.value.orElse(false);
    }
}
