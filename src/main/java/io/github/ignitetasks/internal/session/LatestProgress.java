package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.TaskProgress;
import java.util.Optional;

/**
 * The latest report that a session has of a running task's progress.
 *
 * @param node the name of the node that runs the task
 * @param attempt the number of the attempt that told it, from 1
 * @param progress how far the attempt is; empty if it follows an attempt that had told something
 * @param heard when the session heard it, by {@code System.nanoTime}
 */
public record LatestProgress(String node, int attempt, Optional<TaskProgress> progress, long heard) {
    /** Returns whether this comes from an earlier attempt than the other, on the same node. */
    boolean isBefore(LatestProgress other) {
        return node.equals(other.node) && attempt < other.attempt;
    }
}
