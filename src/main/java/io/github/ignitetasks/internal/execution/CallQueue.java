package io.github.ignitetasks.internal.execution;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue that decides which of the waiting calls goes next. It is not safe to share between threads; its owner guards
 * it.
 *
 * @param <C> the type of the calls
 */
public interface CallQueue<C> {

    /** Adds a call that has just come. */
    void add(C call);

    /** Adds a call that had its turn before and came back; it goes before the calls that it was ahead of. */
    void addFirst(C call);

    /** Takes the call that goes next; null if none waits. */
    @Nullable
    C poll();

    /** Takes all calls, in the order in which they would go. */
    List<C> takeAll();

    /** Returns a copy of all calls, in the order in which they would go; they stay. */
    List<C> all();

    /** Returns whether no call waits. */
    boolean isEmpty();

    /** Returns how many calls wait. */
    int size();
}
