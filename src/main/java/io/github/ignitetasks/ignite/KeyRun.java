package io.github.ignitetasks.ignite;

import io.github.ignitetasks.worker.CallRun;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key in flight on this node, and the sessions that wait for it. Safe to share between threads. */
final class KeyRun {
    private final WireCall call;
    private final ClassLoader loader;
    private final Guest first;
    private final Set<UUID> guests = new HashSet<>(); // guarded by this

    /** The run, once the key was claimed; guarded by this. */
    private @Nullable CallRun<?> run;

    private boolean unwanted; // guarded by this
    private boolean ended; // guarded by this

    KeyRun(WireCall call, ClassLoader loader, Guest first) {
        this.call = call;
        this.loader = loader;
        this.first = first;
        guests.add(first.id());
    }

    String key() {
        return call.key();
    }

    WireCall call() {
        return call;
    }

    ClassLoader loader() {
        return loader;
    }

    /** Returns the session whose call it is: others joined. */
    Guest first() {
        return first;
    }

    /** Lets a session wait for the key too; returns false if it has ended. */
    synchronized boolean join(UUID guest) {
        if (!ended) {
            unwanted = false;
            guests.add(guest);
        }
        return !ended;
    }

    /** Sets the run, now that the key was claimed; returns false if nobody waits for it any more. */
    synchronized boolean start(CallRun<?> claimed) {
        run = claimed;
        return !unwanted;
    }

    /** Takes a session out; returns the run to cancel, if nobody else waits and there is one. */
    synchronized @Nullable CallRun<?> cancel(UUID guest) {
        boolean alone = guests.size() == 1 && guests.contains(guest);
        unwanted |= alone;
        return alone ? run : null;
    }

    /** Takes a session out if others wait for the key; returns whether it did. */
    synchronized boolean leave(UUID guest) {
        return !ended && guests.size() > 1 && guests.remove(guest);
    }

    /** Ends the key's flight; returns the sessions to tell. */
    synchronized Set<UUID> end() {
        ended = true;
        return guests;
    }
}
