package io.github.ignitetasks.worker;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Where calls run.
 *
 * @param node the name of the node that this JVM is
 * @param timer runs short actions on time
 */
public record Place(String node, ScheduledExecutorService timer) {

    /** Returns a place with a timer of its own, named after its owner, who shuts it down. */
    public static Place of(String node, String owner) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new NamedThreads(owner + "-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return new Place(node, timer);
    }
}
