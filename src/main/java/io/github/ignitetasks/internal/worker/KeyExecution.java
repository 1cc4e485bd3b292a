package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.TaskLabel;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A key in flight on this node, and the sessions that wait for it. Safe to share between threads. */
final class KeyExecution implements TaskLabel {
    private final CallRequest call;
    private final ClassLoader loader;
    private final ClientSession first;
    private final Set<UUID> clients = new HashSet<>(); // guarded by this

    /** Whether the key runs, or is about to run, without a claim, because this node owns it. */
    private volatile boolean needsNoClaim;

    /** The claim that the grid has, or may have; guarded by this. */
    private @Nullable ClaimRecord claim;

    private Stage stage = Stage.DECIDING; // guarded by this

    /** Set once this node runs the key; guarded by this. */
    private @Nullable CallExecution<?> execution;

    /** Whether the session that sent the call has left, so that others must send their own; guarded by this. */
    private boolean orphaned;

    /** Whether the last session cancelled the key; guarded by this. */
    private boolean cancelled;

    private int retries; // guarded by this

    /** The state as which this node has counted the call; null before. */
    private volatile @Nullable StateType counted;

    /** The spans in which the results of its upstreams were computed; set when a traced call is read. */
    private volatile List<SpanReference> upstreamSpans = List.of();

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    private enum Stage {
        /** Nobody has decided yet whether this node runs the key. */
        DECIDING,
        /** This node runs the key, or is about to. */
        RUNNING,
        /** The state of the key is being written. */
        RECORDING,
        /** The key is in flight no more; its sessions get the last update. */
        ENDED
    }

    KeyExecution(CallRequest call, ClassLoader loader, ClientSession first) {
        this.call = call;
        this.loader = loader;
        this.first = first;
        clients.add(first.id());
    }

    @Override
    public String key() {
        return call.key();
    }

    @Override
    public Optional<String> name() {
        return call.options().name();
    }

    @Override
    public Optional<String> flowRun() {
        return call.options().flowRun();
    }

    /** Notes the state as which this node has counted the call. */
    void countAs(StateType type) {
        counted = type;
    }

    /** Returns the state as which this node has counted the call; empty before. */
    Optional<StateType> countedAs() {
        return Optional.ofNullable(counted);
    }

    /** Returns what the call does, if it has started or is held up here, and has not ended. */
    synchronized Optional<ActiveCall> active() {
        return execution == null ? Optional.empty() : execution.active();
    }

    /** Returns the stack of the thread that runs the call's code; empty if none does. */
    synchronized Optional<String> stack() {
        return execution == null ? Optional.empty() : execution.stack();
    }

    /** Notes the spans in which the results of its upstreams were computed. */
    void upstreamSpans(List<SpanReference> spans) {
        upstreamSpans = spans;
    }

    /** Returns the spans in which the results of its upstreams were computed. */
    List<SpanReference> upstreamSpans() {
        return upstreamSpans;
    }

    CallRequest call() {
        return call;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Returns the session that sent the call; other sessions joined. */
    ClientSession first() {
        return first;
    }

    /** Adds a session that waits for the key; returns false if the key has ended. */
    synchronized boolean join(UUID client) {
        if (stage == Stage.ENDED) {
            return false;
        }
        clients.add(client);
        return true;
    }

    boolean needsNoClaim() {
        return needsNoClaim;
    }

    void needsNoClaim(boolean none) {
        needsNoClaim = none;
    }

    /** Notes that the grid has, or may have, a claim on the key. */
    synchronized void claimed(ClaimRecord ours) {
        claim = ours;
    }

    /** Returns the claim under which the key runs, if there is one. */
    synchronized Optional<ClaimRecord> claim() {
        return Optional.ofNullable(claim);
    }

    /** Counts one more retry of the decision who runs the key; returns their number. */
    synchronized int countRetry() {
        return ++retries;
    }

    /** Sets the run, now that this node runs the key; returns false if the run must not start. */
    synchronized boolean start(CallExecution<?> ours) {
        execution = ours;
        if (stage == Stage.DECIDING) {
            stage = Stage.RUNNING;
        }
        return !cancelled && !isLeft();
    }

    /** Returns whether that is the call of this key. */
    synchronized boolean runs(RunningCall call) {
        return execution != null && execution.runs(call);
    }

    /** Removes a session that has left; returns whether the key must not start any more. */
    synchronized boolean forget(UUID client) {
        orphaned |= first.id().equals(client);
        return (clients.remove(client) || orphaned) && isLeft();
    }

    private boolean isLeft() {
        return orphaned || clients.isEmpty();
    }

    /** Withdraws a run that must not start any more and does not run at the moment; returns whether it did. */
    synchronized boolean drop() {
        return isLeft() && execution != null && (clients.isEmpty() ? execution.abandon() : execution.withdraw());
    }

    /** Withdraws the run if it has not started; returns whether it did. */
    synchronized boolean withdraw() {
        return execution != null && execution.withdraw();
    }

    /** Returns whether only this session waits for the key. */
    synchronized boolean isWantedOnlyBy(UUID client) {
        return clients.size() == 1 && clients.contains(client);
    }

    /** Returns the sessions that wait for the key; none once its flight has ended. */
    synchronized Set<UUID> clients() {
        return stage == Stage.ENDED ? Set.of() : Set.copyOf(clients);
    }

    /** Cancels the key for a session; returns the run to cancel, if no other session waits and there is a run. */
    synchronized @Nullable CallExecution<?> cancel(UUID client) {
        boolean last = isWantedOnlyBy(client);
        cancelled |= last;
        return last ? execution : null;
    }

    /** Removes a session if others wait for the key; returns whether it did. */
    synchronized boolean leave(UUID client) {
        return stage != Stage.ENDED && clients.size() > 1 && clients.remove(client);
    }

    /** Notes that the state of the key is being written. */
    synchronized void record() {
        if (stage != Stage.ENDED) {
            stage = Stage.RECORDING;
        }
    }

    /** Returns whether the key has yet to end here. A key whose state is being written counts as ended. */
    synchronized boolean isPending() {
        return !call.skipped() && (stage == Stage.DECIDING || stage == Stage.RUNNING);
    }

    /** Returns whether this node runs the key, or was about to, and its state is not being written. */
    synchronized boolean isRunning() {
        return stage == Stage.RUNNING;
    }

    /** Ends the key's flight; returns the sessions to update, or none if the flight had ended. */
    synchronized Set<UUID> end() {
        if (stage == Stage.ENDED) {
            return Set.of();
        }
        stage = Stage.ENDED;
        return clients;
    }

    /** Returns a future that completes when the key's flight has ended and the sessions were updated. */
    CompletableFuture<Void> over() {
        return over;
    }
}
