package io.github.ignitetasks.internal.view;

import io.github.ignitetasks.StateType;

/**
 * The last attempt of a task that ended.
 *
 * @param key the key of the task
 * @param name the number of its name, see {@link TaskNames}
 * @param node the name of the node that ran it
 * @param start when it started, in microseconds since the epoch
 * @param end when it ended, likewise
 * @param attempt its number
 * @param type how the task ended
 * @param number how many tasks had run when it was added, itself included
 */
record TaskRun(String key, int name, String node, long start, long end, int attempt, StateType type, int number) {
    TaskRun shiftedBy(long micros) {
        return micros == 0 ? this : new TaskRun(key, name, node, start + micros, end + micros, attempt, type, number);
    }
}
