package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.UpstreamRecord;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The restorer of upstream records that expired while a call that needs them waited. Each upstream gets the same state
 * as before.
 *
 * @param grid the grid that had the records
 */
record ExpiredUpstreams(GridAccess grid) {

    /**
     * Restores the records of these upstreams. If this call lacks one, another session's call came first, and that
     * session restores it.
     *
     * @param then runs once the records are back
     * @param onProblem receives a failure to restore them
     */
    void putBack(
            List<String> keys, PreparedGridCall<?> preparedCall, Runnable then, Consumer<RuntimeException> onProblem) {
        Set<String> missing = Set.copyOf(keys); // a call may have very many
        List<UpstreamRecord> upstreams = preparedCall.reached().stream()
                .filter(upstream -> missing.contains(upstream.key()))
                .toList();
        for (UpstreamRecord upstream : upstreams) {
            if (upstream.isReleased()) {
                skip(preparedCall, State.NotReady.released(upstream.key(), ExecutionInfo.neverRan("")));
                return;
            }
            if (StateRecord.isHead(upstream.record())) {
                skip(preparedCall, lost(upstream.key()));
                return;
            }
        }
        if (upstreams.isEmpty()) {
            then.run();
            return;
        }
        AtomicInteger left = new AtomicInteger(upstreams.size());
        for (UpstreamRecord upstream : upstreams) {
            grid.asyncGrid()
                    .ask(
                            () -> grid.records()
                                    .putBack(
                                            upstream.key(),
                                            upstream.record(),
                                            upstream.timeToLive()
                                                    .orElse(grid.settings().timeToLive())),
                            done -> {
                                if (left.decrementAndGet() == 0) {
                                    then.run();
                                }
                            },
                            onProblem);
        }
    }

    @SuppressWarnings("unchecked") // a state without a result fits any type of result
    private static <R extends @Nullable Object> void skip(PreparedGridCall<R> preparedCall, State.NotReady<?> state) {
        preparedCall.skip((State.NotReady<R>) state);
    }

    /** Returns the state of a call whose upstream had a result that was too large to be kept in the session. */
    private static State.NotReady<?> lost(String upstream) {
        Failure failure = Failure.ofText(
                "",
                "the result of upstream '" + upstream + "' has expired before the task ran; set a longer resultTtl",
                "");
        return new State.NotReady<>(upstream, failure, ExecutionInfo.neverRan(""));
    }
}
