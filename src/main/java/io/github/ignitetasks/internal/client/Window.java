package io.github.ignitetasks.internal.client;

/**
 * The number of calls that a session lets a node have at a time. It covers the calls that run there, and ahead of them
 * as many as the slots do in a moment, judged by recent run times. So a node never runs short of tiny tasks, and few
 * calls wait behind a long one while another node has a free slot.
 *
 * <p>Its owner guards it.
 */
final class Window {
    private static final double AHEAD_NANOS = ClientTimings.AHEAD.toNanos();

    private static final int MAX_AHEAD = 2_048;

    /** The weight of a call in the mean, against those before it. */
    private static final double WEIGHT = 1 / 4.0;

    private int slots;

    /**
     * The mean logarithm of recent run times in nanoseconds, because one long call among short ones says little of the
     * next. Its initial value sends one call ahead for each slot.
     */
    private double mean = Math.log(AHEAD_NANOS);

    /** How many calls of the mean run time a slot does in that moment. */
    private double perSlot = 1;

    Window(int slots) {
        this.slots = slots;
    }

    /** Returns how many calls fit. */
    int size() {
        return slots + (int) Math.min(MAX_AHEAD, Math.round(slots * perSlot));
    }

    /** Returns how many calls run at a time. */
    int slots() {
        return slots;
    }

    /** Sets how many calls run at a time. */
    void slots(int number) {
        slots = number;
    }

    /** Returns how long the slots need for a number of calls of the mean run time, in nanoseconds. */
    double nanos(int calls) {
        return calls * AHEAD_NANOS / (perSlot * slots);
    }

    /** Returns how many calls a number of slots start now or do in that moment: at least one each. */
    int calls(int freeSlots) {
        return (int) Math.min(MAX_AHEAD, freeSlots * Math.max(1, perSlot));
    }

    /** Returns how many slots start a number of calls now or do them in that moment. */
    int slotsFor(int calls) {
        return (int) Math.ceil(calls / Math.max(1, perSlot));
    }

    /** Notes how long a call ran. */
    void onEnd(long nanos) {
        mean += WEIGHT * (Math.log((double) Math.max(1, nanos)) - mean);
        perSlot = AHEAD_NANOS / Math.exp(mean);
    }
}
