package io.github.ignitetasks.internal.connect;

import java.time.Duration;

/** What a cluster that adapts looks at. Safe to share between threads. */
@FunctionalInterface
public interface Load {

    /** Returns what there is to do now. */
    Look look();

    /**
     * What there is to do.
     *
     * @param calls how many calls run, or may run and have not ended
     * @param slots how many can run at a time on the nodes that are known
     * @param meanTime how long a call takes
     */
    record Look(int calls, int slots, Duration meanTime) {}
}
