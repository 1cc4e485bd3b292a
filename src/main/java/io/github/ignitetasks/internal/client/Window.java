package io.github.ignitetasks.internal.client;

/**
 * How many calls a session lets a node have at a time: as many as run there, and ahead of those what the node's slots do
 * in a moment, by how long calls took of late. So a node is never short of tiny tasks, and hardly a call waits at a node
 * for a long one to end while another node has a slot for it.
 *
 * <p>To be guarded by its owner.
 */
final class Window {
    /** For how long a node has calls ahead: some times what it takes to send more. */
    private static final long AHEAD_NANOS = 20_000_000;

    private static final int MAX_AHEAD = 2_048;

    /** The weight of a call in the mean, against those before it. */
    private static final double WEIGHT = 1 / 4.0;

    private int slots;

    /**
     * The logarithm of how long calls ran of late, in nanoseconds: one long call among short ones says little of the next.
     * Before any has ended, one each is sent ahead.
     */
    private double mean = Math.log(AHEAD_NANOS);

    /** How many of such calls a slot does in that moment. */
    private double perSlot = 1;

    Window(int slots) {
        this.slots = slots;
    }

    /** Returns how many calls fit. */
    int size() {
        return slots + (int) Math.min(MAX_AHEAD, Math.round(slots * perSlot));
    }

    /** Returns how many run at a time. */
    int slots() {
        return slots;
    }

    /** Sets how many run at a time. */
    void slots(int number) {
        slots = number;
    }

    /** Takes note of a call that ran so long. */
    void onEnd(long nanos) {
        mean += WEIGHT * (Math.log((double) Math.max(1, nanos)) - mean);
        perSlot = AHEAD_NANOS / Math.exp(mean);
    }
}
