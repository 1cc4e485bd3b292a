package io.github.ignitetasks.internal.client;

import java.util.List;

/**
 * The calls of a session that have not ended, at one place.
 *
 * @param place where they are, as the log says it
 * @param calls the calls
 */
record PendingCalls(String place, List<Call> calls) {

    /**
     * A call that has not ended.
     *
     * @param key its key
     * @param since when it arrived at that place, by {@code System.nanoTime}
     */
    record Call(String key, long since) {}
}
