package io.github.ignitetasks.ignite;

import io.github.ignitetasks.State;
import io.github.ignitetasks.session.Departure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call, written, with its future. */
record GridDeparture<R extends @Nullable Object>(
        GridSession session, GridFuture<R> future, List<GridFuture<?>> upstreams, WireCall call)
        implements Departure<R> {

    @Override
    public void go() {
        session.send(this);
    }

    /** A key that is skipped has a record like any other, so its call goes the same way, with the state in its place. */
    @Override
    public void skip(State.NotReady<R> state) {
        session.send(new GridDeparture<>(session, future, List.of(), call.asSkipped(StateRecord.write(state))));
    }
}
