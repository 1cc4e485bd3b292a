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

    /** Returns whether all have ended, and reads no result. */
    private boolean hasEnded() {
        return parts.stream().allMatch(part -> KeptFuture.endOf(part).isPresent());
    }

    /** Returns the state if all have ended, else empty, and reads no result. */
    Optional<State<List<R>>> end() {
        List<State<?>> states = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            Optional<? extends State<?>> end = KeptFuture.endOf(part);
            if (end.isEmpty()) {
                return Optional.empty();
            }
            states.add(end.get());
        }
        return Optional.of(notReady(states).orElseGet(() -> State.Completed.withResultElsewhere(trace(states))));
    }

    /** Returns whether all states are at hand. */
    boolean isStateAtHand() {
        return parts.stream().allMatch(KeptFuture::isStateAtHandOf);
    }

    @Override
    public Optional<State<List<R>>> await(Duration timeout) {
        Deadline deadline = Deadline.in(timeout);
        if (!awaitEnd(timeout)) {
            return Optional.empty();
        }
        List<State<? extends R>> states = new ArrayList<>(parts.size());
        for (TaskFuture<? extends R> part : parts) {
            Optional<? extends State<? extends R>> state = part.await(deadline.left());
            if (state.isEmpty()) {
                return Optional.empty(); // it takes too long to be read
            }
            states.add(state.get());
        }
        return Optional.of(joined(states));
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
        if (isStateAtHand()) {
            action.accept(joined());
        } else {
            Runnable withState = () -> action.accept(joined());
            whenEnded(keeper -> keeper.ifPresentOrElse(last -> runAction(last, withState), withState));
        }
    }

    private void runAction(KeptFuture.Keeper last, Runnable withState) {
        if (isStateAtHand()) {
            last.runAction(key(), withState);
        } else {
            last.runAction(key(), this::joined, withState);
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
        return joined(states);
    }

    private State<List<R>> joined(List<State<? extends R>> states) {
        Optional<State<List<R>>> notReady = notReady(states);
        if (notReady.isPresent()) {
            return notReady.get();
        }
        List<R> results = new ArrayList<>(states.size());
        for (State<? extends R> state : states) {
            results.add(state.result());
        }
        return new State.Completed<>(results, trace(states));
    }

    /** Returns the state of all, if one of them has not completed. */
    private Optional<State<List<R>>> notReady(List<? extends State<?>> states) {
        for (int i = 0; i < states.size(); i++) {
            if (!states.get(i).isCompleted()) {
                return Optional.of(State.NotReady.because(parts.get(i).key(), states.get(i), trace(states)));
            }
        }
        return Optional.empty();
    }

    private static ExecutionInfo trace(List<? extends State<?>> states) {
        Instant start = states.stream()
                .map(State::startTime)
                .min(Comparator.naturalOrder())
                .orElseGet(Instant::now);
        Optional<? extends State<?>> last = states.stream().max(Comparator.comparing(State::endTime));
        return new ExecutionInfo(
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
