package io.github.ignitetasks.flow;

/** What code without a result returns, and code without an argument is given. */
final class NoValue {
    private NoValue() {}

    /** Returns null, the one value of its type. */
    @SuppressWarnings("NullAway") // which does not see that a type parameter stands for @Nullable Void
    static Void get() {
        return null;
    }
}
