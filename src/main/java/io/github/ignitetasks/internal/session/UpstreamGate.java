package io.github.ignitetasks.internal.session;

import io.github.ignitetasks.StateType;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Holds a call until all its upstreams are Completed, or skips it as soon as one has ended otherwise. */
final class UpstreamGate<R extends @Nullable Object> {
    private static final int SHUT = Integer.MIN_VALUE / 2;

    private final PreparedCall<R> preparedCall;

    /** How many upstreams have not ended; below zero once one did not complete. */
    private final AtomicInteger pending;

    private UpstreamGate(PreparedCall<R> preparedCall) {
        this.preparedCall = preparedCall;
        this.pending = new AtomicInteger(preparedCall.upstreams().size());
    }

    /** Lets a call go, or skips it, when its upstreams have ended. */
    static <R extends @Nullable Object> void letThrough(PreparedCall<R> preparedCall) {
        if (preparedCall.upstreams().isEmpty()) {
            preparedCall.go();
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
        if (upstream.endType() == StateType.COMPLETED) {
            if (pending.decrementAndGet() == 0) {
                preparedCall.go();
            }
        } else if (pending.getAndSet(SHUT) > 0) {
            preparedCall.skipAsNotReady(upstream);
        }
    }
}
