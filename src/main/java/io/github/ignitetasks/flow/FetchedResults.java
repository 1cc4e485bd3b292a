package io.github.ignitetasks.flow;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.FutureSearch;
import io.github.ignitetasks.internal.context.SessionFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the results of the futures that a flow returns. Results that stayed on the grid are lost when the session
 * closes.
 */
final class FetchedResults {
    private FetchedResults() {}

    /**
     * Fetches the results of the completed futures that an object holds.
     *
     * @throws TaskInterruptedException if this thread is interrupted
     */
    static void in(@Nullable Object returned) {
        for (TaskFuture<?> future : FutureSearch.in(returned).futures()) {
            boolean isThere = future instanceof SessionFuture kept
                    && !kept.isReleased()
                    && future.state().filter(State::isCompleted).isPresent();
            if (isThere) {
                Object unused = future.result();
            }
        }
    }
}
