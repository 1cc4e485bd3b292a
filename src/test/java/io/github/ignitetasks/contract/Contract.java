package io.github.ignitetasks.contract;

import io.github.ignitetasks.ConcurrencyType;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.State;
import io.github.ignitetasks.StateType;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import org.jspecify.annotations.Nullable;

/**
 * The fixtures of the contract's tests. Calls may run in another process. So they report to their test by their result,
 * a {@link Gate} or a {@link Tally}, never by a field.
 */
interface Contract {

    /** Returns the runner under test, with at least four slots. */
    TaskRunner runner();

    /** Returns a runner like the one under test with a number of slots. A sequential runner ignores the number. */
    TaskRunner withSlots(int slots);

    /** Returns whether sessions of the runner share keys, and therefore results. */
    boolean sharesKeysBetweenSessions();

    /** Returns the session of the runner that all tests share. */
    TaskSession session();

    /** Returns a new key that starts with a name. */
    String key(String name);

    /** Returns a closed gate. */
    Gate gate();

    /** Returns an empty tally. */
    Tally tally();

    /** Returns the expected concurrency type of the runner. */
    ConcurrencyType type();

    /** Returns whether calls have ended when {@code submit} returns. */
    default boolean isSequential() {
        return false;
    }

    /** Returns a gate that calls wait for. It is open if a call that waits would block {@code submit}. */
    default Gate gateOpenIfSequential() {
        return gate();
    }

    /** Returns the type of the state of a call that cannot be read. A runner that reads no calls completes it. */
    StateType typeOfACallThatCannotBeRead();

    /** Returns a submitter for use inside a call. It uses the session itself, if calls can hold one. */
    NestingContract.Submitter submitter(TaskRunner runner, TaskSession session);

    /** Waits until a future ends, and returns its state. */
    static <R extends @Nullable Object> State<R> end(TaskFuture<R> future) {
        return future.await(Deadlines.PATIENCE).orElseThrow();
    }

    /** Returns null, like a call whose result type is nullable. */
    @SuppressWarnings("NullAway") // NullAway ignores type arguments
    static String nothing() {
        return null;
    }

    /** Submits a call, and returns once the call runs. If {@code submit} blocks, another thread calls it. */
    default <R extends @Nullable Object> TaskFuture<R> running(TaskSession session, String key, TaskCall<R> call)
            throws InterruptedException {
        Gate started = gate();
        TaskFuture<R> future = submitToRun(session, key, started, () -> {
            started.open();
            return call.call();
        });
        started.pass();
        return future;
    }

    /** Submits a call that opens a gate when it starts. If {@code submit} blocks, another thread calls it. */
    default <R extends @Nullable Object> TaskFuture<R> submitToRun(
            TaskSession session, String key, Gate started, TaskCall<R> call) throws InterruptedException {
        return session.submit(key, call);
    }
}
