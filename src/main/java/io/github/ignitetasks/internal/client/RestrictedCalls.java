package io.github.ignitetasks.internal.client;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.internal.execution.CallQueue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a session with {@link Requirements} that wait for a node. Each goes to a node that has what it needs.
 *
 * <p>The nodes decide when such a call starts. A session sends twice as many as may run at a time, so that the next ones
 * are there when others end. The rest waits here, so that it takes no place of other calls at the nodes.
 *
 * <p>Its owner, the {@link Dispatcher}, guards it.
 */
final class RestrictedCalls {
    /** How many calls are sent for each that may run at a time. */
    private static final int AHEAD = 2;

    private final CallQueue<PreparedGridCall<?>> waiting =
            new CallQueue<>(PreparedGridCall::priority, PreparedGridCall::requirements);

    /** Since when no node has what some of the calls need. */
    private final Map<Requirements, Long> without = new HashMap<>();

    /** Adds a call that waits for a node. */
    void add(PreparedGridCall<?> call) {
        waiting.add(call);
    }

    /** Takes the call that goes to a node next; empty if none may. */
    Optional<PreparedGridCall<?>> next(NodeQueue queue, Collection<NodeQueue> all) {
        @Nullable PreparedGridCall<?> next = waiting.poll(needed -> mayGo(needed, queue, all));
        while (next != null && next.future().isDone()) {
            next = waiting.poll(needed -> mayGo(needed, queue, all));
        }
        return Optional.ofNullable(next);
    }

    private static boolean mayGo(Requirements needed, NodeQueue queue, Collection<NodeQueue> all) {
        return queue.has(needed)
                && needed.resources().entrySet().stream()
                        .allMatch(resource -> queue.counts().resource(resource.getKey()) + resource.getValue()
                                <= AHEAD * (long) queue.amount(resource.getKey()))
                && needed.limits().entrySet().stream()
                        .allMatch(limit -> sent(limit.getKey(), all) < AHEAD * (long) limit.getValue());
    }

    /** Returns how many calls with a limit all nodes have. */
    private static int sent(String limit, Collection<NodeQueue> all) {
        int sent = 0;
        for (NodeQueue queue : all) {
            sent += queue.counts().limit(limit);
        }
        return sent;
    }

    /**
     * Takes the calls that have waited too long for a node that has what they need, with the reason for each.
     *
     * @param now the time, by {@code System.nanoTime}
     * @param patience how long such a call waits, in nanoseconds
     */
    List<Refusal> takeUnplaceable(Collection<NodeQueue> all, long now, long patience) {
        List<Requirements> needs = waiting.requirements();
        without.keySet().retainAll(needs);
        List<Refusal> refused = new ArrayList<>();
        for (Requirements needed : needs) {
            if (all.stream().anyMatch(queue -> queue.has(needed))) {
                without.remove(needed);
            } else if (now - without.computeIfAbsent(needed, first -> now) >= patience) {
                without.remove(needed); // calls that come later have their own time
                String reason = reason(needed, all, patience);
                take(needed).forEach(call -> refused.add(new Refusal(call, reason)));
            }
        }
        return refused;
    }

    private List<PreparedGridCall<?>> take(Requirements needed) {
        List<PreparedGridCall<?>> taken = new ArrayList<>();
        for (PreparedGridCall<?> next = poll(needed); next != null; next = poll(needed)) {
            taken.add(next);
        }
        return taken;
    }

    private @Nullable PreparedGridCall<?> poll(Requirements needed) {
        return waiting.poll(needed::equals);
    }

    private static String reason(Requirements needed, Collection<NodeQueue> all, long patience) {
        return "no node of the grid has what it requires, " + needed + ", and none has joined for "
                + TimeUnit.NANOSECONDS.toMillis(patience) / 1_000.0 + " s; "
                + (all.isEmpty()
                        ? "the grid has no nodes"
                        : all.stream()
                                .limit(10)
                                .map(queue -> queue.describe(needed))
                                .collect(joining("; ")))
                + ". Declare it as user attributes of a node, or require less";
    }

    /** A call that no node can run. */
    record Refusal(PreparedGridCall<?> call, String reason) {}

    /** Takes all calls. */
    List<PreparedGridCall<?>> takeAll() {
        without.clear();
        return waiting.takeAll();
    }

    /** Returns a copy of all calls. */
    List<PreparedGridCall<?>> all() {
        return waiting.all();
    }

    int size() {
        return waiting.size();
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }
}
