package io.github.ignitetasks.flow;

import io.github.ignitetasks.KeptFuture;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.FutureSearch;
import org.jspecify.annotations.Nullable;

/** Has the futures that a flow returns keep their results, as those that stayed on the grid end with the session. */
final class FetchedResults {
    private FetchedResults() {}

    /**
     * Fetches the results of the futures that an object holds, of those that have ended.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    static void in(@Nullable Object returned) {
        for (TaskFuture<?> future : FutureSearch.in(returned).futures()) {
            boolean isThere = future instanceof KeptFuture<?> kept
                    && !kept.isReleased()
                    && kept.end().map(State::isCompleted).orElse(false);
            if (isThere) {
                future.state();
            }
        }
    }
}
