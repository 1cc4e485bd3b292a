package io.github.ignitetasks.flow;

/** The value null, which stands for a missing argument or result. */
final class NoValue {
    private NoValue() {}

    /** Returns null, the only value of its type. */
    @SuppressWarnings("NullAway") // NullAway does not see that a type parameter stands for @Nullable Void
    static Void get() {
        return null;
    }
}
