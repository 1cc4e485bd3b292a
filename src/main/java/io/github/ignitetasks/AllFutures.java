package io.github.ignitetasks;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Many futures as one. Holds nothing but them, so a call that captures it reaches each of them. */
final class AllFutures<R extends @Nullable Object> implements TaskFuture<List<R>> {
    private static final long serialVersionUID = 1L;
    private static final int KEYS_SHOWN = 3;

    @SuppressWarnings("serial") // an unmodifiable list of the JDK is serializable
    private final List<TaskFuture<? extends R>> parts;

    AllFutures(List<? extends TaskFuture<? extends R>> parts) {
        this.parts = List.copyOf(parts);
    }

    @Override
    public String key() {
        String more = parts.size() > KEYS_SHOWN ? ", … " + parts.size() + " in all" : "";
        return parts.stream().limit(KEYS_SHOWN).map(TaskFuture::key).collect(joining(", ", "all(", more + ")"));
    }

    @Override
    public Optional<State<List<R>>> state() {
        return hasEnded() ? Optional.of(joined()) : Optional.empty();
    }

    /** Returns whether all have ended, and fetches no result. */
    boolean hasEnded() {
        return parts.stream().allMatch(part -> KeptFuture.endOf(part).isPresent());
    }

    @Override
    public Optional<State<List<R>>> await(Duration timeout) {
        return awaitEnd(timeout) ? Optional.of(joined()) : Optional.empty();
    }

    /** Waits until all have ended, and fetches no result; returns whether they have. */
    boolean awaitEnd(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        for (TaskFuture<? extends R> part : parts) {
            if (!KeptFuture.awaitEndOf(part, deadline.left())) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean cancel() {
        boolean any = false;
        for (TaskFuture<? extends R> part : parts) {
            any |= part.cancel();
        }
        return any;
    }

    /** Those that are kept by one session go together. */
    @Override
    public boolean release() {
        boolean any = false;
        Map<KeptFuture.Keeper, Set<KeptFuture<?>>> kept = new HashMap<>();
        for (TaskFuture<? extends R> part : parts) {
            if (part instanceof KeptFuture<?> future) {
                kept.computeIfAbsent(future.keeper(), keeper -> new HashSet<>()).add(future);
            } else {
                any |= part.release();
            }
        }
        for (Map.Entry<KeptFuture.Keeper, Set<KeptFuture<?>>> keeper : kept.entrySet()) {
            any |= keeper.getKey().release(keeper.getValue()) > 0;
        }
        return any;
    }

    @Override
    public void whenDone(Consumer<? super State<List<R>>> action) {
        if (hasEnded()) {
            action.accept(joined());
        } else {
            Runnable withState = () -> action.accept(joined());
            whenEnded(keeper -> keeper.ifPresentOrElse(last -> last.runAction(key(), withState), withState));
        }
    }

    /**
     * Calls an action of this library once all have ended, as {@link KeptFuture#whenEnded} does; it is given what keeps
     * the one that ended last, if anything does.
     */
    void whenEnded(Consumer<Optional<KeptFuture.Keeper>> action) {
        if (parts.isEmpty()) {
            action.accept(Optional.empty());
            return;
        }
        AtomicInteger pending = new AtomicInteger(parts.size());
        Consumer<Optional<KeptFuture.Keeper>> countDown = keeper -> {
            if (pending.decrementAndGet() == 0) {
                action.accept(keeper);
            }
        };
        for (TaskFuture<? extends R> part : parts) {
            if (part instanceof KeptFuture<?> kept) {
                kept.whenEnded(() -> countDown.accept(Optional.of(kept.keeper())));
            } else if (part instanceof AllFutures<?> all) {
                all.whenEnded(countDown);
            } else {
                part.whenDone(state -> countDown.accept(Optional.empty()));
            }
        }
    }

    /** Returns the state of all, each of which is final. */
    private State<List<R>> joined() {
        List<State<? extends R>> states = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            states.add(part.state().orElseThrow());
        }
        Trace trace = trace(states);
        List<R> results = new ArrayList<>(states.size());
        for (int i = 0; i < states.size(); i++) {
            State<? extends R> state = states.get(i);
            if (!state.isCompleted()) {
                return State.NotReady.because(parts.get(i).key(), state, trace);
            }
            results.add(state.result());
        }
        return new State.Completed<>(results, trace);
    }

    private static Trace trace(List<? extends State<?>> states) {
        Instant start = states.stream()
                .map(State::startTime)
                .min(Comparator.naturalOrder())
                .orElseGet(Instant::now);
        Optional<? extends State<?>> last = states.stream().max(Comparator.comparing(State::endTime));
        return new Trace(
                start,
                last.map(State::endTime).orElse(start),
                last.map(State::node).orElse(""),
                0);
    }

    @Override
    public String toString() {
        return key();
    }
}
