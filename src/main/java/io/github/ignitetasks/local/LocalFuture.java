package io.github.ignitetasks.local;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.ExecutionInfo;
import io.github.ignitetasks.Failure;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskProgress;
import io.github.ignitetasks.internal.context.RunningCall;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.execution.CallListener;
import io.github.ignitetasks.internal.execution.NodeContext;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The future of a call that runs in this JVM. It is never serialized; a reference replaces it. */
@SuppressWarnings("serial")
final class LocalFuture<R extends @Nullable Object> extends KeyedFuture<R> {
    private final CompletableFuture<State<R>> ended = new CompletableFuture<>();
    private final SharedCall<R> call;
    private final CallExecution<R> run;
    private final Consumer<CallExecution<?>> start;

    LocalFuture(
            String key,
            KeyedSession session,
            SharedCall<R> call,
            CallOptions options,
            NodeContext place,
            Consumer<CallExecution<?>> start) {
        super(key, session);
        this.call = call;
        this.run = new CallExecution<>(key, options, call, place, listener());
        this.start = start;
    }

    private CallListener<R> listener() {
        return new CallListener<>() {
            @Override
            public void ended(Outcome<R> outcome) {
                onEnd(outcome);
            }

            @Override
            public void progressed(int attempt, Optional<TaskProgress> progress) {
                onProgress(LocalBackend.NODE, attempt, progress);
            }
        };
    }

    private void onEnd(Outcome<R> outcome) {
        if (outcome instanceof Outcome.Ended<R> end) {
            complete(end.state());
        } else if (outcome instanceof Outcome.NotRun<R> notRun
                && notRun.reason() instanceof Outcome.UpstreamsGone gone) {
            complete(State.NotReady.released(gone.upstreams().get(0), ExecutionInfo.neverRan(node())));
        } else {
            throw new IllegalStateException("no other node can run a local call: " + outcome);
        }
    }

    /** Runs the call; all its upstreams are Completed. */
    void start() {
        start.accept(run);
    }

    @Override
    public Optional<ActiveCall> activeHere() {
        return run.active();
    }

    /** Returns the stack of the thread that runs the call; empty if none does. */
    Optional<String> stack() {
        return run.stack();
    }

    /** Returns the span in which the result was computed; empty if nobody recorded one. */
    Optional<SpanReference> span() {
        return call.span();
    }

    /** Returns whether that is the latest attempt at this future's call. */
    boolean isRunAs(RunningCall running) {
        return run.runs(running);
    }

    @Override
    public Optional<State<R>> state() {
        return Optional.ofNullable(ended.getNow(null));
    }

    @Override
    protected void expire(CallOptions options) {
        run.expire();
    }

    @Override
    public boolean cancel() {
        return !isDone() && run.cancel();
    }

    @Override
    public boolean isDone() {
        return ended.isDone();
    }

    @Override
    public boolean isResultAtHand() {
        return isDone();
    }

    @Override
    protected StateType endType() {
        return ended.join().type();
    }

    @Override
    protected long runNanos() {
        ExecutionInfo ran = ended.join().executionInfo();
        return Duration.between(ran.startTime(), ran.endTime()).toNanos();
    }

    @Override
    public boolean isStartTold() {
        return run.hasStarted();
    }

    @Override
    public boolean isCached() {
        return false;
    }

    @Override
    public int attempt() {
        return executionInfo().attempt();
    }

    @Override
    public ExecutionInfo executionInfo() {
        return ended.join().executionInfo();
    }

    @Override
    public Optional<Failure> failure() {
        return ended.join().failure();
    }

    /** The session alone keeps its keys and their states. */
    @Override
    protected boolean isKeptElsewhere() {
        return false;
    }

    @Override
    protected int stateBytes() {
        return 0;
    }

    @Override
    protected String node() {
        return LocalBackend.NODE;
    }

    @Override
    protected void awaitDone(long nanos) throws InterruptedException {
        try {
            ended.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            // the caller checks whether it is done
        } catch (ExecutionException e) {
            throw new AssertionError("only states complete it", e);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the returned future only tells when the action has run
    protected void listen(Runnable action) {
        CompletableFuture<Void> unused = ended.thenRun(action);
    }

    @Override
    protected boolean complete(State<R> state) {
        boolean first = ended.complete(state);
        if (first) {
            call.letGo();
            onEnded();
        }
        return first;
    }
}
