package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import io.github.ignitetasks.internal.events.TaskCounts;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The counts of the calls that ended on a node, and its latest failures. Safe to share between threads. */
final class NodeStatistics {
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_STACK = 10_000;
    private static final TaskCounts.Counts NONE = new TaskCounts.Counts(0, 0, Map.of(), 0, 0);

    private final TaskCounts counts = new TaskCounts();
    private final LongAdder runNanos = new LongAdder();
    private final Deque<RecentFailure> failures = new ArrayDeque<>(); // the newest first; guarded by this

    /** Counts a call that did not run: its session sent the final state instead, such as NotReady or Cancelled. */
    void onSkipped(KeyExecution call, StateType type) {
        count(call, type, 0);
    }

    /** Counts a call as Crashed, and not as it ended, because its state could not be recorded. */
    void onNotRecorded(KeyExecution call, State<?> crashed) {
        call.countedAs().ifPresent(type -> counts.recant(call, type));
        onEnded(call, crashed);
    }

    private void count(KeyExecution call, StateType type, int attempt) {
        counts.executed(call, type, attempt);
        call.countAs(type);
    }

    /** Counts a call that ended on this node. */
    void onEnded(KeyExecution call, State<?> state) {
        int attempt = state.executionInfo().attempt();
        count(call, state.type(), attempt);
        if (attempt > 0) {
            runNanos.add(Duration.between(state.startTime(), state.endTime()).toNanos());
        }
        if (state.type() == StateType.FAILED || state.type() == StateType.CRASHED) {
            add(new RecentFailure(
                    call.key(),
                    call.nameOr(""),
                    state.endTime(),
                    state.type(),
                    attempt,
                    state.failure().map(NodeStatistics::asText).orElse(Failure.ofText("", "", ""))));
        }
    }

    /** Returns the beginning of the texts of a failure, because the exception itself and its texts may hold a lot. */
    private static Failure asText(Failure failure) {
        return Failure.ofText(
                failure.type(), cut(failure.message(), MAX_MESSAGE), cut(failure.stackTrace(), MAX_STACK));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private synchronized void add(RecentFailure failure) {
        failures.addFirst(failure);
        if (failures.size() > NodeReport.MAX_FAILURES) {
            failures.removeLast();
        }
    }

    /** Returns the counts of the calls that reached this node, by name. */
    Map<String, TaskCounts.Counts> byName(Collection<? extends KeyExecution> inFlight) {
        Map<String, TaskCounts.Counts> all = new HashMap<>(counts.byName());
        Map<String, Integer> pending = new HashMap<>();
        Map<String, Integer> started = new HashMap<>();
        for (KeyExecution key : inFlight) {
            if (!key.isPending()) {
                continue; // it counts as ended
            }
            String own = key.nameOr(TaskCounts.UNNAMED);
            String name = all.size() < TaskCounts.MAX_NAMES || all.containsKey(own) ? own : TaskCounts.OTHERS;
            all.putIfAbsent(name, NONE);
            pending.merge(name, 1, Integer::sum);
            if (key.active().filter(ActiveCall::hasStarted).isPresent()) {
                started.merge(name, 1, Integer::sum);
            }
        }
        all.replaceAll(
                (name, ended) -> ended.withPending(pending.getOrDefault(name, 0), started.getOrDefault(name, 0)));
        return all;
    }

    /** Returns how many calls ended in this state. */
    long ended(StateType type) {
        return counts.byName().values().stream()
                .mapToLong(name -> name.ended().getOrDefault(type, 0L))
                .sum();
    }

    /** Returns how many attempts followed a failed one. */
    long retries() {
        return counts.byName().values().stream()
                .mapToLong(TaskCounts.Counts::retries)
                .sum();
    }

    /** Returns the total time of the last attempts of calls. */
    Duration runTime() {
        return Duration.ofNanos(runNanos.sum());
    }

    /** Returns the latest failures, the newest first. */
    synchronized List<RecentFailure> failures() {
        return new ArrayList<>(failures);
    }
}
