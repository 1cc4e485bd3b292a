package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.protocol.ClaimRecord;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A key in flight on this node, and the sessions that wait for it. Safe to share between threads. */
final class KeyExecution {
    private final CallRequest call;
    private final ClassLoader loader;
    private final ClientSession first;
    private final Set<UUID> clients = new HashSet<>(); // guarded by this

    /** Whether the key runs, or is about to run, without a claim, because this node owns it. */
    private volatile boolean needsNoClaim;

    /** The claim that the grid has, or may have; guarded by this. */
    private @Nullable ClaimRecord claim;

    /** Set once this node runs the key; guarded by this. */
    private @Nullable CallExecution<?> run;

    private boolean recorded; // guarded by this

    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Whether the session that sent the call has left, so that others must send their own; guarded by this. */
    private boolean orphaned;

    private boolean unwanted; // guarded by this
    private boolean ended; // guarded by this

    KeyExecution(CallRequest call, ClassLoader loader, ClientSession first) {
        this.call = call;
        this.loader = loader;
        this.first = first;
        clients.add(first.id());
    }

    String key() {
        return call.key();
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
        if (!ended) {
            clients.add(client);
        }
        return !ended;
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

    /** Sets the run, now that this node runs the key; returns false if the run must not start. */
    synchronized boolean start(CallExecution<?> ours) {
        run = ours;
        return !unwanted && !isLeft();
    }

    /** Returns whether that is the call of this key. */
    synchronized boolean runs(RunningCall call) {
        return run != null && run.runs(call);
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
        return isLeft() && run != null && (clients.isEmpty() ? run.abandon() : run.withdraw());
    }

    /** Withdraws the run if it has not started; returns whether it did. */
    synchronized boolean withdraw() {
        return run != null && run.withdraw();
    }

    /** Returns whether only this session waits for the key. */
    synchronized boolean isWantedBy(UUID client) {
        return clients.size() == 1 && clients.contains(client);
    }

    /** Returns the sessions that wait for the key. */
    synchronized Set<UUID> clients() {
        return Set.copyOf(clients);
    }

    /** Cancels the key for a session; returns the run to cancel, if no other session waits and there is a run. */
    synchronized @Nullable CallExecution<?> cancel(UUID client) {
        boolean alone = clients.size() == 1 && clients.contains(client);
        unwanted |= alone;
        return alone ? run : null;
    }

    /** Removes a session if others wait for the key; returns whether it did. */
    synchronized boolean leave(UUID client) {
        return !ended && clients.size() > 1 && clients.remove(client);
    }

    /** Notes that the state of the key is being written. */
    synchronized void record() {
        recorded = true;
    }

    /** Returns whether the key was meant to run here, and its state is not being written. */
    synchronized boolean isUnderWay() {
        return run != null && !recorded && !ended;
    }

    /** Ends the key's flight; returns the sessions to update, or none if the flight had ended. */
    synchronized Set<UUID> end() {
        if (ended) {
            return Set.of();
        }
        ended = true;
        return clients;
    }

    /** Returns a future that completes when the key's flight has ended and the sessions were updated. */
    CompletableFuture<Void> over() {
        return over;
    }
}
