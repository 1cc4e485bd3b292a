package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Slots;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.execution.Timings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The sessions that use a worker. It keeps the mailbox of each, and the number of slots that each asks for; the largest
 * number applies unless the node's is fixed. Safe to share between threads.
 */
final class ClientSessions {
    private final ExecutorService senders;
    private final Slots slots;
    private final boolean slotsFixed;
    private final Timer timer;
    private final Consumer<UUID> onLeft;
    private final ConcurrentMap<UUID, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Integer> slotsAsked = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, UUID> nodes = new ConcurrentHashMap<>();

    /**
     * Makes the sessions of a worker.
     *
     * @param name the prefix of its threads' names
     * @param onLeft receives each session that has left, once nothing more of it is accepted
     */
    ClientSessions(String name, Slots slots, boolean slotsFixed, Timer timer, Consumer<UUID> onLeft) {
        this.senders = new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE, // one for each session that a sender waits for
                Timings.IDLE_THREAD.toNanos(),
                TimeUnit.NANOSECONDS,
                new SynchronousQueue<>(),
                new NamedThreads(name + "-sender"),
                new ThreadPoolExecutor.DiscardPolicy()); // once the node ends, nothing more is sent
        this.onLeft = onLeft;
        this.slots = slots;
        this.slotsFixed = slotsFixed;
        this.timer = timer;
    }

    /** Returns the mailbox of a session. */
    Mailbox mailbox(ClientSession client) {
        return mailboxes.computeIfAbsent(client.id(), id -> {
            nodes.put(id, client.node());
            if (client.settings().slots() > 0 && !slotsFixed) {
                slotsAsked.put(id, client.settings().slots());
                resizeSlots();
            }
            return new Mailbox();
        });
    }

    /** Returns the executor for replies, whose threads may block on a session that is gone. */
    Executor senders() {
        return senders;
    }

    /** Sends the progress of a call to a session, unless the session has left. */
    void tell(UUID client, CallUpdate.Progress latest) {
        Mailbox mailbox = mailboxes.get(client);
        if (mailbox != null) {
            mailbox.post(latest);
        }
    }

    /** Sends an update to a session that has not left. */
    void tell(UUID client, CallUpdate end) {
        tell(client, List.of(end));
    }

    /** Sends updates to a session that has not left. */
    void tell(UUID client, List<CallUpdate> ends) {
        Mailbox mailbox = mailboxes.get(client);
        if (mailbox != null) {
            mailbox.post(ends);
        }
    }

    /** Sends an update to sessions. The future completes once each has received it or left, or after some seconds. */
    CompletableFuture<Void> tellReceived(Collection<UUID> clients, CallUpdate end) {
        return CompletableFuture.allOf(clients.stream()
                        .flatMap(client -> Optional.ofNullable(mailboxes.get(client)).stream())
                        .map(mailbox -> mailbox.postReceived(end))
                        .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, Timings.UPDATE_RECEIVED.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Forgets the sessions that used a node which has left. */
    void onNodeLeft(UUID node) {
        nodes.forEach((client, its) -> {
            if (its.equals(node)) {
                leave(client);
            }
        });
    }

    /** Forgets a session. */
    void leave(UUID client) {
        nodes.remove(client);
        Mailbox mailbox = mailboxes.computeIfAbsent(client, id -> new Mailbox());
        mailbox.close(); // this also stops jobs of the session that arrive after it left
        timer.after(Timings.DEPARTED_SESSION, () -> mailboxes.remove(client, mailbox));
        if (slotsAsked.remove(client) != null) {
            resizeSlots();
        }
        onLeft.accept(client);
    }

    /** Releases present and future waiters; the node ends. */
    void close() {
        mailboxes.values().forEach(Mailbox::close);
        senders.shutdown();
    }

    /** Returns a future that completes a moment after every mailbox is empty, or after some seconds. */
    CompletableFuture<Void> allTold() {
        CompletableFuture<Void> told = new CompletableFuture<>();
        lookUntilAllTold(told, Deadline.in(Timings.UPDATE_RECEIVED));
        return told;
    }

    private void lookUntilAllTold(CompletableFuture<Void> told, Deadline deadline) {
        if (mailboxes.values().stream().allMatch(Mailbox::isEmpty) || deadline.hasPassed()) {
            timer.after(Timings.LAST_REPLIES, () -> told.complete(null));
        } else {
            timer.after(Timings.UPDATE_POLL, () -> lookUntilAllTold(told, deadline));
        }
    }

    private synchronized void resizeSlots() {
        slots.resize(slotsAsked.values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(Runtime.getRuntime().availableProcessors()));
    }
}
