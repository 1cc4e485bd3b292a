package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.protocol.AsyncGrid;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.worker.UpstreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts records of upstreams back that have expired while a call waited which needs them: the same states as before.
 *
 * @param records where they were
 * @param timeToLive how long they are to live
 * @param asyncGrid asks the grid
 */
record ExpiredUpstreams(Records records, Duration timeToLive, AsyncGrid asyncGrid) {

    /**
     * Puts the records of these upstreams back. Those that this call does not have are another session's, whose call was
     * first: that will put them back.
     *
     * @param then is run when they are there
     * @param onProblem is given what prevents it
     */
    void putBack(
            List<String> keys, PreparedGridCall<?> preparedCall, Runnable then, Consumer<RuntimeException> onProblem) {
        List<UpstreamRecord> upstreams = preparedCall.reached().stream()
                .filter(upstream -> keys.contains(upstream.key()))
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
            asyncGrid.ask(
                    () -> records.putBack(upstream.key(), upstream.record(), timeToLive),
                    done -> {
                        if (left.decrementAndGet() == 0) {
                            then.run();
                        }
                    },
                    onProblem);
        }
    }

    @SuppressWarnings("unchecked") // what has no result is of any type of result
    private static <R extends @Nullable Object> void skip(PreparedGridCall<R> preparedCall, State.NotReady<?> state) {
        preparedCall.skip((State.NotReady<R>) state);
    }

    /** Returns the state of a call whose upstream had a result that was too large to be kept here. */
    private static State.NotReady<?> lost(String upstream) {
        Failure failure = Failure.ofText(
                "",
                "the result of upstream '" + upstream + "' has expired before the task ran; set a longer resultTtl",
                "");
        return new State.NotReady<>(upstream, failure, ExecutionInfo.neverRan(""));
    }
}
