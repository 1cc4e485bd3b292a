package io.github.ignitetasks.internal.codec;

/**
 * Where the fields of an object stand whose class has a {@code writeObject}, which may write them when it likes, or not at
 * all. The stream does not tell.
 */
enum FieldLayout {
    /** They come first, as the specification of serialization asks. */
    FIRST,

    /** They come after other data. */
    LATER,

    /** They are not written. */
    NONE
}
