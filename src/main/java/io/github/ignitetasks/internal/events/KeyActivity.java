package io.github.ignitetasks.internal.events;

import java.util.Optional;

/**
 * The activity of a key that has not ended.
 *
 * @param phase such as {@code running} or {@code queued}
 * @param waitsFor what it waits for; empty if it does not wait, or if nothing tells
 * @param node the name of the node that has its call; empty if none has started it
 * @param attempt the number of its latest attempt; 0 before the first
 */
public record KeyActivity(String phase, Optional<String> waitsFor, Optional<String> node, int attempt) {
    /** The activity of a key whose call waits for a slot, or is on its way to one. */
    public static final KeyActivity QUEUED = new KeyActivity("queued", Optional.empty(), Optional.empty(), 0);

    /** The activity of a key whose call waits in its session until its upstreams have ended. */
    public static final KeyActivity WAITING_FOR_UPSTREAMS =
            new KeyActivity("waiting", Optional.of("its upstreams"), Optional.empty(), 0);

    /** Returns the activity of a key whose call waits on a node for a slot. */
    public static KeyActivity queuedOn(String node) {
        return new KeyActivity(QUEUED.phase, Optional.empty(), Optional.of(node), 0);
    }

    /** Returns the activity of a key whose call has started on a node, or is held up there. */
    public static KeyActivity of(ActiveCall call, String node) {
        return new KeyActivity(call.phase().toString(), call.waitsFor(), Optional.of(node), call.attempt());
    }
}
