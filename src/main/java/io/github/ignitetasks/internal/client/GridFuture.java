package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.ResultUnavailableException;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskInterruptedException;
import io.github.ignitetasks.internal.codec.CodeOrigin;
import io.github.ignitetasks.internal.compat.IgniteThreadContext;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.execution.PassedDeadline;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.worker.CallRequest;
import io.github.ignitetasks.internal.worker.CallUpdate;
import io.github.ignitetasks.internal.worker.UpstreamRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.ignite.IgniteInterruptedException;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call on a grid. It holds the call's record, which is read when the state is asked for. It is never
 * serialized: a reference takes its place.
 */
@SuppressWarnings("serial")
final class GridFuture<R extends @Nullable Object> extends KeyedFuture<R>
        implements UpstreamRecord, StateRecord.ObjectContext {
    /** How long a thread spins for the end before it sleeps: about the time that another processor takes to wake it. */
    private static final long LOOK_NANOS = Runtime.getRuntime().availableProcessors() > 1 ? 50_000 : 0;

    private final CompletableFuture<byte[]> told = new CompletableFuture<>();
    private volatile @Nullable State<R> state;

    /** The record, if a node found it and did not run the call; else null. */
    private volatile byte @Nullable [] found;

    /** Whether the key ran since the call was submitted, or may have: then no record counts as found. Guarded by this. */
    private boolean mayHaveRun;

    private final GridBackend backend;
    private volatile CodeOrigin origin;

    /** Whether calls that have this upstream may have been prepared without some of its code. */
    private volatile boolean codeIsLate;

    /** The connection to the node that has the call; guarded by this. */
    private @Nullable NodeConnection link;

    private boolean cancelled; // guarded by this

    /** Whether the state Cancelled was sent in place of the call; guarded by this. */
    private boolean withdrawn;

    private boolean heard; // guarded by this

    /** Guarded by this. A short, because then each future takes 8 bytes less. */
    private short resends;

    GridFuture(String key, KeyedSession session, GridBackend backend, CodeOrigin origin) {
        super(key, session);
        this.backend = backend;
        this.origin = origin;
    }

    /**
     * Notes where a call goes; returns false if it must not be sent, because the future is final or the call withdrawn.
     */
    synchronized boolean sendThrough(NodeConnection to, CallRequest call) {
        boolean go = !isDone() && (!withdrawn || call.skipped());
        if (go) {
            link = to;
            forgetProgress(); // of an earlier node, which is gone
        }
        return go;
    }

    /** Counts that the call is sent again after a delay; returns how often that has happened. */
    synchronized int countResend() {
        resends = (short) Math.min(Short.MAX_VALUE, resends + 1);
        return resends;
    }

    /** Notes that the node returned a call before it started; returns the call to send next, if there is one. */
    Optional<PreparedGridCall<?>> takeBack(PreparedGridCall<?> returned) {
        synchronized (this) {
            link = null;
            boolean isExpired = returned.request().timeLeft().compareTo(Duration.ZERO) <= 0;
            if (!(cancelled || isExpired) || withdrawn) {
                return isDone() ? Optional.empty() : Optional.of(returned);
            }
            withdrawn = true;
        }
        CallOptions options = returned.request().options();
        return isDone()
                ? Optional.empty()
                : Optional.of(withdrawal(options, isCancelled() ? cancelledState() : late(options)));
    }

    private static State<?> cancelledState() {
        return new State.Cancelled<>(false, ExecutionInfo.neverRan(""));
    }

    private State<?> late(CallOptions options) {
        return PassedDeadline.state(key(), options, ExecutionInfo.neverRan(""));
    }

    /** Returns the call that replaces a withdrawn one. It records this state, unless the key has one or runs. */
    private PreparedGridCall<R> withdrawal(CallOptions options, State<?> end) {
        byte[] state = StateRecord.write(end);
        return new PreparedGridCall<>(this, List.of(), List.of(), Set.of(), CallRequest.ofState(key(), options, state));
    }

    /** Drops the connection, because ended futures may be kept for long while nodes come and go. */
    private synchronized void forgetLink() {
        link = null;
    }

    private synchronized @Nullable NodeConnection link() {
        return link;
    }

    @Override
    public boolean cancel() {
        NodeConnection sentTo;
        synchronized (this) {
            if (isDone() || cancelled) {
                return !isDone();
            }
            cancelled = true;
            sentTo = link;
            withdrawn |= sentTo == null;
        }
        if (sentTo == null) {
            backend.router().send(withdrawal(CallOptions.none(), cancelledState()));
        } else {
            sentTo.cancel(key());
        }
        return true;
    }

    /** Withdraws a call that waits here. The node that has the call ends it by itself, or returns it. */
    @Override
    protected void expire(CallOptions options) {
        synchronized (this) {
            if (isDone() || withdrawn || link != null) {
                return;
            }
            withdrawn = true;
        }
        backend.router().send(withdrawal(options, late(options)));
    }

    /** Notes that the key runs, or may have run on a node that is lost. A record that comes later was not found. */
    synchronized void onMayHaveRun() {
        mayHaveRun = true;
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public Optional<State<R>> state() {
        if (!isDone()) {
            return Optional.empty();
        }
        State<R> known = state;
        if (known != null) {
            return Optional.of(known);
        }
        byte[] record = told.join();
        if (StateRecord.isHead(record)) {
            return Optional.of(keep(seen(StateRecord.ofHead(record, () -> fetch(record)))));
        }
        State<R> read = seen(StateRecord.read(key(), record, origin.loader(), this));
        return Optional.of(
                StateRecord.hasNoObjects(record)
                        ? read
                        : keep(read)); // reading a number again costs less than to keep it
    }

    /** Returns the state as this session came to know it. */
    private State<R> seen(State<R> read) {
        return isCached() ? read.asCached() : read;
    }

    @Override
    public boolean isCached() {
        return found != null && found == told.join();
    }

    /** Nodes tell nothing when a call starts, so that each call costs one update. */
    @Override
    public boolean isStartTold() {
        return false;
    }

    @Override
    public int attempt() {
        return StateRecord.attempt(told.join());
    }

    @Override
    public ExecutionInfo executionInfo() {
        return StateRecord.executionInfo(told.join());
    }

    /** Returns the text, and keeps no state, because this future is not asked for its state here. */
    @Override
    public Optional<Failure> failure() {
        byte[] record = told.join();
        return StateRecord.type(record) == StateType.COMPLETED
                ? Optional.empty()
                : StateRecord.<R>read(key(), record, origin.loader(), this).failure();
    }

    /** Fetches a large result from the grid, and reads it. */
    @SuppressWarnings("unchecked") // the first call under a key determines its type
    private R fetch(byte[] head) {
        TaskInterruptedException.throwIfInterrupted(
                "interrupted before the result of task '" + key() + "' was fetched");
        byte[] record;
        try {
            record = RunningCall.lendSlotWhile(
                    () -> "the result of task '" + key() + "'",
                    () -> backend.states().fetch(key(), head));
        } catch (InterruptedException | IgniteInterruptedException e) {
            throw new TaskInterruptedException("interrupted while the result of task '" + key() + "' was fetched", e);
        } catch (RuntimeException e) {
            throw new ResultUnavailableException(
                    "the result of task '" + key() + "' is large and stayed on the grid, "
                            + (isReleased() ? "where it was released" : "which did not give it: " + e.getMessage()),
                    e);
        }
        R result = read(() -> (R) StateRecord.result(key(), record, origin.loader()));
        onFetched(record.length);
        return result;
    }

    /** Reads an object of the record; the session's Ignite replaces any Ignite in it. */
    @Override
    public <T extends @Nullable Object> T read(Supplier<T> reading) {
        return IgniteThreadContext.with(backend.grid().ignite(), reading);
    }

    @Override
    public boolean isResultAtHand() {
        return state instanceof State.Completed<R> known
                ? known.isRead()
                : isDone() && StateRecord.hasNoObjects(told.join());
    }

    /** Keeps the state that was made first, so that its result is read once. */
    private synchronized State<R> keep(State<R> fresh) {
        State<R> kept = state == null ? fresh : state;
        state = kept;
        return kept;
    }

    /** Returns the backend that carries out the call. */
    GridBackend backend() {
        return backend;
    }

    /** Returns the origin of the call's code, and so of its result's. */
    CodeOrigin origin() {
        return origin;
    }

    /** Adds code of the result that is not the call's; called before the future is final. */
    void reaches(CodeOrigin code) {
        origin = origin.with(code);
        codeIsLate = true;
        backend.states().met(code);
    }

    /** Returns whether the origin has become known after the future. */
    boolean isCodeLate() {
        return codeIsLate;
    }

    @Override
    public byte[] record() {
        return told.join();
    }

    /** Makes the future final with the record of an update; returns false if it was final before. */
    boolean complete(CallUpdate.Told update) {
        return update.isFound() ? completeFound(update.record()) : complete(update.record());
    }

    /** Makes the future final with a record that the grid had before; returns false if it was final before. */
    boolean completeFound(byte[] stateRecord) {
        return complete(keepFound(stateRecord));
    }

    /** Returns the record to complete with: always the same, so that this future knows it again. */
    private synchronized byte[] keepFound(byte[] stateRecord) {
        if (mayHaveRun) {
            return stateRecord;
        }
        byte[] first = found == null ? stateRecord : found;
        found = first;
        return first;
    }

    /** Makes the future final with its record; returns false if it was final before. */
    boolean complete(byte[] stateRecord) {
        boolean first = told.complete(stateRecord);
        if (first) {
            forgetLink();
            onEnded();
        }
        return first;
    }

    /**
     * Makes the future final with its record, unless that would do more than wake waiting threads. Returns false if a
     * listener prevented it.
     */
    synchronized boolean completeUnheard(CallUpdate.Told update) {
        if (!heard) {
            complete(update);
        }
        return !heard;
    }

    @Override
    protected boolean complete(State<R> decided) {
        return complete(StateRecord.write(decided));
    }

    @Override
    public boolean isDone() {
        return told.isDone();
    }

    @Override
    protected StateType endType() {
        return StateRecord.type(told.join());
    }

    /** The session itself decides other states, such as that the grid could not be asked; those are not recorded. */
    @Override
    protected boolean isKeptElsewhere() {
        StateType type = endType();
        return type == StateType.COMPLETED || type == StateType.FAILED || type == StateType.NOT_READY;
    }

    @Override
    protected int stateBytes() {
        return told.join().length;
    }

    @Override
    protected long runNanos() {
        return StateRecord.nanos(told.join());
    }

    @Override
    protected String node() {
        NodeConnection sentTo = link();
        return sentTo == null ? "" : sentTo.nodeName();
    }

    @Override
    protected void awaitDone(long nanos) throws InterruptedException {
        lookForEnd(Math.min(nanos, LOOK_NANOS));
        try {
            told.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // the timeout has passed: the caller checks whether it is done
        } catch (ExecutionException e) {
            throw new AssertionError("only records complete it", e);
        }
    }

    /** Spins for the end of a call that may end at once: the only call of its session on this JVM's node. */
    private void lookForEnd(long nanos) {
        NodeConnection sentTo = link();
        if (sentTo != null && sentTo.node().isLocal() && sentTo.isAlone()) {
            long start = System.nanoTime();
            while (!told.isDone() && System.nanoTime() - start < nanos) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    protected void listen(Runnable action) {
        synchronized (this) {
            heard = true;
        }
        CompletableFuture<Void> unused = told.thenRun(action);
    }
}
