package io.github.ignitetasks.ignite;

import io.github.ignitetasks.worker.Slots;
import io.github.ignitetasks.worker.Timer;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The sessions that use a worker: what there is to tell each, and the slots that they ask for, of which the largest
 * number holds while none is fixed. Safe to share between threads.
 */
final class Guests {
    /** How long it is known that a session has left: longer than any of its jobs is under way. */
    private static final Duration GONE = Duration.ofMinutes(1);

    private final Slots slots;
    private final boolean slotsFixed;
    private final Timer timer;
    private final ConcurrentMap<UUID, Mailbox> mailboxes = new ConcurrentHashMap<>();
    private final ConcurrentMap<UUID, Integer> slotsAsked = new ConcurrentHashMap<>();

    Guests(Slots slots, boolean slotsFixed, Timer timer) {
        this.slots = slots;
        this.slotsFixed = slotsFixed;
        this.timer = timer;
    }

    /** Returns what there is to tell a session. */
    Mailbox mailbox(Guest guest) {
        return mailboxes.computeIfAbsent(guest.id(), id -> {
            if (guest.slots() > 0 && !slotsFixed) {
                slotsAsked.put(id, guest.slots());
                resizeSlots();
            }
            return new Mailbox();
        });
    }

    /** Tells a session, if it has not left. */
    void tell(UUID guest, End end) {
        Mailbox mailbox = mailboxes.get(guest);
        if (mailbox != null) {
            mailbox.post(end);
        }
    }

    /** Forgets a session: what it waited for goes on. */
    void leave(UUID guest) {
        Mailbox mailbox = mailboxes.computeIfAbsent(guest, id -> new Mailbox());
        mailbox.close(); // also to jobs of the session that come after its goodbye
        timer.after(GONE, () -> mailboxes.remove(guest, mailbox));
        if (slotsAsked.remove(guest) != null) {
            resizeSlots();
        }
    }

    /** Completes when each session has been told all that there is. */
    CompletableFuture<Void> allTold() {
        return CompletableFuture.allOf(
                mailboxes.values().stream().map(Mailbox::told).toArray(CompletableFuture<?>[]::new));
    }

    private synchronized void resizeSlots() {
        slots.resize(slotsAsked.values().stream()
                .mapToInt(Integer::intValue)
                .max()
                .orElse(Runtime.getRuntime().availableProcessors()));
    }
}
