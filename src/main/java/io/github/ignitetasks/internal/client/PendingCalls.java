package io.github.ignitetasks.internal.client;

import java.util.List;

/**
 * Calls of a session that have not ended, at one place.
 *
 * @param place where they are, as the log says it
 * @param calls the calls
 */
record PendingCalls(String place, List<Call> calls) {

    /**
     * A call that has not ended.
     *
     * @param key its key
     * @param since since when it is there, by {@code System.nanoTime}
     */
    record Call(String key, long since) {}
}
