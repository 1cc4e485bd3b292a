package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.session.LatestProgress;
import java.util.List;
import java.util.Optional;

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
     * @param progress what it told last of its progress; empty if it told nothing
     */
    record Call(String key, long since, Optional<LatestProgress> progress) {
        /** Makes the entry of a call that told nothing. */
        Call(String key, long since) {
            this(key, since, Optional.empty());
        }

        /** Returns when the call last gave a sign of life, by {@code System.nanoTime}. */
        long lastSign() {
            return progress.map(LatestProgress::heard).orElse(since);
        }
    }
}
