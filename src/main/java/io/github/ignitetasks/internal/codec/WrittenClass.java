package io.github.ignitetasks.internal.codec;

import static java.io.ObjectStreamConstants.SC_EXTERNALIZABLE;
import static java.io.ObjectStreamConstants.SC_WRITE_METHOD;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The descriptor of a class in a stream.
 *
 * @param name the name of the class
 * @param flags as the protocol of serialization has them
 * @param primitiveBytes how many bytes the fields of primitive types take
 * @param references the names of the other fields, in their order
 * @param parent the descriptor of the superclass, if that is in the stream
 * @param traits what the class here tells
 */
record WrittenClass(
        String name,
        int flags,
        int primitiveBytes,
        List<String> references,
        @Nullable WrittenClass parent,
        ClassTraits traits) {

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Returns whether its objects write themselves. */
    boolean isExternal() {
        return has(SC_EXTERNALIZABLE) && !traits.isRecord();
    }

    /** Returns whether it is a class of the JDK's base module, or an array. */
    boolean isOfJdk() {
        return name.startsWith("java.") || name.startsWith("[");
    }

    /** Returns where the fields of an object seem to stand. */
    FieldLayout layout() {
        return traits.takesFields() ? FieldLayout.FIRST : FieldLayout.NONE;
    }

    /** Returns whether that is a guess. */
    boolean isLayoutGuessed() {
        return has(SC_WRITE_METHOD) && !isOfJdk() && (primitiveBytes > 0 || !references.isEmpty());
    }

    /** Returns this descriptor with that of its superclass. */
    WrittenClass below(@Nullable WrittenClass superclass) {
        return new WrittenClass(name, flags, primitiveBytes, references, superclass, traits);
    }
}
