package io.github.ignitetasks.internal.execution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue of calls that is first in, first out.
 *
 * @param <C> the type of the calls
 */
public final class FifoQueue<C> implements CallQueue<C> {
    private final Deque<C> calls = new ArrayDeque<>();

    @Override
    public void add(C call) {
        calls.addLast(call);
    }

    @Override
    public void addFirst(C call) {
        calls.addFirst(call);
    }

    @Override
    public @Nullable C poll() {
        return calls.pollFirst();
    }

    @Override
    public List<C> takeAll() {
        List<C> all = all();
        calls.clear();
        return all;
    }

    @Override
    public List<C> all() {
        return new ArrayList<>(calls);
    }

    @Override
    public boolean isEmpty() {
        return calls.isEmpty();
    }

    @Override
    public int size() {
        return calls.size();
    }
}
