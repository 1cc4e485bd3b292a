package io.github.ignitetasks.internal.view;

/**
 * How much a frame shows.
 *
 * @param bars how many bars of tasks
 * @param pixels into how many parts the time of the stream is divided
 * @param isWholeStream whether the stream shows all tasks that are kept, not only those of the last minute
 * @param failures how many groups of failures
 * @param stackBytes how many bytes the stacks of failures take together
 * @param messageBytes how many bytes the messages of failures take together
 */
record FrameLimits(int bars, int pixels, boolean isWholeStream, int failures, int stackBytes, int messageBytes) {
    /** The limits of a frame that a page gets each second. */
    static final FrameLimits LIVE = new FrameLimits(4_000, 800, false, 50, 60_000, 50_000);

    /** The limits of the frame in a report. */
    static final FrameLimits REPORT = new FrameLimits(20_000, 4_000, true, 101, 800_000, 250_000);
}
