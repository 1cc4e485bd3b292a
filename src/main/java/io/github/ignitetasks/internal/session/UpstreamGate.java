package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.StateType;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A gate that holds a call until all its upstreams are Completed, or skips it once one has ended otherwise. A settled
 * upstream lets the call through in whatever state it ends.
 */
final class UpstreamGate<R extends @Nullable Object> {
    private static final int SHUT = Integer.MIN_VALUE / 2;

    private final PreparedCall<R> preparedCall;

    /** How many upstreams have not ended; negative once one ended without completing. */
    private final AtomicInteger pending;

    private UpstreamGate(PreparedCall<R> preparedCall) {
        this.preparedCall = preparedCall;
        this.pending = new AtomicInteger(preparedCall.upstreams().size());
    }

    /** Sends the call, or skips it, once its upstreams have ended. */
    static <R extends @Nullable Object> void letThrough(PreparedCall<R> preparedCall) {
        if (preparedCall.upstreams().isEmpty()) {
            go(preparedCall);
            return;
        }
        UpstreamGate<R> gate = new UpstreamGate<>(preparedCall);
        Trampoline.runApart(() -> {
            for (KeyedFuture<?> upstream : preparedCall.upstreams()) {
                upstream.listen(() -> Trampoline.run(() -> gate.onEnd(upstream)));
            }
        });
    }

    private void onEnd(KeyedFuture<?> upstream) {
        if (upstream.endType() == StateType.COMPLETED || preparedCall.takesAnyEnd(upstream)) {
            if (pending.decrementAndGet() == 0) {
                go(preparedCall);
            }
        } else if (pending.getAndSet(SHUT) > 0) {
            preparedCall.skipAsNotReady(upstream);
        }
    }

    private static void go(PreparedCall<?> preparedCall) {
        KeyedFuture<?> future = preparedCall.future();
        future.waitsForUpstreams(false);
        future.session().events().queued(future.key());
        preparedCall.go();
    }
}
