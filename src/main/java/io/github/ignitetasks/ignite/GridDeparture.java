package io.github.ignitetasks.ignite;

import io.github.ignitetasks.State;
import io.github.ignitetasks.ignite.record.StateRecord;
import io.github.ignitetasks.ignite.worker.Death;
import io.github.ignitetasks.ignite.worker.Upstream;
import io.github.ignitetasks.ignite.worker.WireCall;
import io.github.ignitetasks.session.Departure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call, written, with its future.
 *
 * @param session the session that accepted it
 * @param future its future
 * @param upstreams the futures that must be Completed before it goes
 * @param reached these, and the upstreams that are Completed already
 * @param call what is sent
 */
record GridDeparture<R extends @Nullable Object>(
        GridSession session, GridFuture<R> future, List<GridFuture<?>> upstreams, List<Upstream> reached, WireCall call)
        implements Departure<R> {

    @Override
    public int size() {
        return call.bytes().length;
    }

    @Override
    public void go() {
        session.send(this);
    }

    /** Returns the call after a node died that had it. */
    GridDeparture<R> after(Death death, List<Death> aloneAfter, boolean claimsLost) {
        WireCall after = call.after(death, aloneAfter, claimsLost);
        return new GridDeparture<>(session, future, upstreams, reached, after);
    }

    /** A key that is skipped has a record like any other, so its call goes the same way, with the state in its place. */
    @Override
    public void skip(State<R> state) {
        session.send(
                new GridDeparture<>(session, future, List.of(), List.of(), call.asSkipped(StateRecord.write(state))));
    }
}
