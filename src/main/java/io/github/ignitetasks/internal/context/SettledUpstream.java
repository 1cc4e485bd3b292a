package io.github.ignitetasks.internal.context;

/** A future that ends with another one, in whatever state that ends. Safe to share between threads. */
public interface SettledUpstream {

    /** Returns the other future, which is a {@code TaskFuture}. */
    Object upstream();
}
