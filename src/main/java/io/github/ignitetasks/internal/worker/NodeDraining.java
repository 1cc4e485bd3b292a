package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.execution.Slots;
import java.util.concurrent.CompletableFuture;

/**
 * The draining of a node that is about to end: it starts no more calls, gives back those that have not started, and lets
 * running ones end. Safe to share between threads; does not block.
 */
final class NodeDraining {
    private final InFlightKeys keys;
    private final UnrecordedKeys unrecorded;
    private final Slots slots;
    private final ClientSessions clients;

    private volatile boolean begun;

    NodeDraining(InFlightKeys keys, UnrecordedKeys unrecorded, Slots slots, ClientSessions clients) {
        this.keys = keys;
        this.unrecorded = unrecorded;
        this.slots = slots;
        this.clients = clients;
    }

    /** Returns whether this node starts no more calls. */
    boolean hasBegun() {
        return begun;
    }

    /** Makes the node start no more calls, before the first one reaches it. */
    void begin() {
        begun = true;
    }

    /** Drains the node; the future completes once the sessions have the updates of all keys, or after some seconds. */
    CompletableFuture<Void> drain() {
        begin();
        keys.all().forEach(unrecorded::giveBackUnlessStarted);
        return slots.drain()
                .thenRun(this::giveBackRetries)
                .thenCompose(none -> CompletableFuture.allOf(
                        keys.all().stream().map(KeyExecution::over).toArray(CompletableFuture<?>[]::new)))
                .thenCompose(none -> clients.allTold());
    }

    /** Gives back the calls that wait for a retry, because this node will not run them. */
    private void giveBackRetries() {
        keys.all().stream().filter(KeyExecution::isRunning).forEach(unrecorded::giveBack);
    }
}
