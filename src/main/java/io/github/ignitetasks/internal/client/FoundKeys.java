package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.Failure;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.execution.NamedThreads;
import io.github.ignitetasks.internal.execution.Timer;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.session.KeyedFuture;
import io.github.ignitetasks.internal.session.KeyedSession;
import io.github.ignitetasks.internal.session.PreparedCall;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The futures that a session found by their keys alone. While such a key runs for others, this class asks the grid for
 * its end, on a thread of its own. Safe to share between threads.
 */
final class FoundKeys implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FoundKeys.class);
    private static final long IDLE_SECONDS = 10;

    private final GridBackend backend;
    private final Timer timer;
    private final ThreadPoolExecutor thread;

    FoundKeys(String session, GridBackend backend, Timer timer) {
        this.backend = backend;
        this.timer = timer;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new NamedThreads(session + "-found"),
                new ThreadPoolExecutor.DiscardPolicy()); // once the session has closed, its futures are final
        thread.allowCoreThreadTimeOut(true);
    }

    /** Prepares the future of a key; empty if the grid knows nothing of the key. Blocks on the grid. */
    <R extends @Nullable Object> Optional<PreparedCall<R>> prepare(KeyedSession session, String key) {
        KeyStatus status = backend.status(key);
        if (status == KeyStatus.UNKNOWN) {
            return Optional.empty();
        }
        Optional<byte[]> record = status == KeyStatus.RUNNING
                ? Optional.empty()
                : backend.states().record(key);
        GridFuture<R> future =
                GridFuture.found(key, session, backend, backend.states().origin());
        return Optional.of(new FoundKey<>(this, future, record));
    }

    /** Asks for the end of a key that runs. */
    private void follow(GridFuture<?> future, int asked) {
        timer.after(ClientTimings.FOUND_KEY.delayAfter(asked), () -> thread.execute(() -> ask(future, asked)));
    }

    private void ask(GridFuture<?> future, int asked) {
        if (future.isDone()) {
            return;
        }
        try {
            KeyStatus status = backend.status(future.key());
            if (status == KeyStatus.UNKNOWN) {
                lose(future);
                return;
            }
            Optional<byte[]> record = status == KeyStatus.RUNNING
                    ? Optional.empty()
                    : backend.states().record(future.key());
            if (record.isPresent()) {
                future.complete(StateRecord.toSend(record.get()));
                return;
            }
        } catch (RuntimeException e) {
            LOG.debug("the grid is asked again for key '{}'", future.key(), e);
        }
        follow(future, asked + 1);
    }

    private static <R extends @Nullable Object> void lose(GridFuture<R> future) {
        Failure failure = Failure.ofText(
                "",
                "the key has no state, and nobody runs it any more: its submitters or its node have left, or its state"
                        + " was released; submit it to run it",
                "");
        future.session().drop(future);
        CallRouter.crash(future, failure);
    }

    /** Ends the thread; the session is over. */
    @Override
    public void close() {
        thread.shutdownNow();
    }

    /**
     * The future of a key that was found.
     *
     * @param record the record of its state; empty while it runs
     */
    private record FoundKey<R extends @Nullable Object>(FoundKeys keys, GridFuture<R> future, Optional<byte[]> record)
            implements PreparedCall<R> {

        @Override
        public List<KeyedFuture<?>> upstreams() {
            return List.of();
        }

        @Override
        public void go() {
            record.ifPresentOrElse(state -> future.complete(StateRecord.toSend(state)), () -> keys.follow(future, 1));
        }

        @Override
        public void skip(State<R> state) {
            future.complete(state);
        }
    }
}
