package io.github.ignitetasks.internal.view;

/** How many tasks ended in a second lately: the mean of the last {@value #SECONDS} whole seconds. Not safe to share. */
final class RecentRate {
    static final int SECONDS = 10;

    /** The counts of the last whole seconds, and of the one that is not over. */
    private final long[] counts = new long[SECONDS + 1];

    /** The number of the second of each count. */
    private final long[] numbers = new long[SECONDS + 1];

    /** Counts tasks that ended some milliseconds after the start. */
    void add(long millis, long count) {
        long second = Math.max(0, millis) / 1_000;
        int place = (int) (second % counts.length);
        if (numbers[place] < second) {
            numbers[place] = second;
            counts[place] = 0;
        }
        if (numbers[place] == second) {
            counts[place] += count;
        }
    }

    /** Returns the mean when some milliseconds have passed since the start; 0 in the first second. */
    double perSecond(long elapsed) {
        long now = Math.max(0, elapsed) / 1_000;
        long first = Math.max(0, now - SECONDS);
        long sum = 0;
        for (int place = 0; place < counts.length; place++) {
            sum += numbers[place] >= first && numbers[place] < now ? counts[place] : 0;
        }
        return now == 0 ? 0 : (double) sum / (now - first);
    }
}
