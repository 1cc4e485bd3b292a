package io.github.ignitetasks.internal.context;

/**
 * A future that ends with another one, in whatever state that ends. It is a class, as each object of a call is asked
 * whether it is one, and interfaces take longer to find. Safe to share between threads.
 */
public abstract class SettledUpstream {

    /** Returns the other future, which is a {@code TaskFuture}. */
    public abstract Object upstream();
}
