package io.github.ignitetasks;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The futures of one task for many arguments, in the order of the arguments.
 *
 * <p>Unmodifiable; safe to share between threads.
 *
 * @param <A> the type of the arguments
 * @param <R> the type of the results
 */
public final class MappedFutures<A extends @Nullable Object, R extends @Nullable Object> extends FutureList<R> {
    private static final long serialVersionUID = 1L;

    /** Transient, because a call that captures the list needs the results alone. */
    private final transient @Nullable List<A> arguments;

    /** The place of each future; null until it is needed, because it would cost a twentieth of the submissions. */
    private transient volatile @Nullable Map<TaskFuture<R>, Integer> places;

    private MappedFutures(List<? extends A> arguments, Collection<? extends TaskFuture<R>> futures) {
        super(futures);
        this.arguments = new ArrayList<>(arguments);
    }

    /**
     * Returns a list of futures that knows their arguments.
     *
     * @throws IllegalArgumentException if there are not as many arguments as futures
     */
    public static <A extends @Nullable Object, R extends @Nullable Object> MappedFutures<A, R> of(
            List<? extends A> arguments, List<? extends TaskFuture<R>> futures) {
        requireNonNull(arguments, "arguments");
        requireNonNull(futures, "futures");
        if (arguments.size() != futures.size()) {
            throw new IllegalArgumentException("arguments must have one element for each of the " + futures.size()
                    + " futures, but has " + arguments.size());
        }
        return new MappedFutures<>(arguments, futures);
    }

    /**
     * Returns the argument of a future of this list. If equal arguments share a key, they may share a future; the first
     * argument is returned then.
     *
     * @throws IllegalArgumentException if the future is not in this list
     * @throws IllegalStateException in a task that captured this list; such a list has no arguments
     */
    public A argumentOf(TaskFuture<R> future) {
        requireNonNull(future, "future");
        if (arguments == null) {
            throw new IllegalStateException("a task that captures the futures does not get their arguments;"
                    + " let it capture the arguments that it needs");
        }
        Integer place = places().get(future);
        if (place == null) {
            throw new IllegalArgumentException("future '" + future.key() + "' is not in this list");
        }
        return arguments.get(place);
    }

    private Map<TaskFuture<R>, Integer> places() {
        Map<TaskFuture<R>, Integer> known = places;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < size(); i++) {
                known.putIfAbsent(get(i), i);
            }
            places = known;
        }
        return known;
    }
}
