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
 * What a part of the contract is tested with. Calls may run in another process: they tell their test by their result, a
 * {@link Gate} or a {@link Tally}, never by a field.
 */
interface Contract {

    /** Returns the runner under test: with at least four slots. */
    TaskRunner runner();

    /** Returns a runner like the one under test that runs so many calls at a time, if it is not sequential. */
    TaskRunner withSlots(int slots);

    /** Returns whether sessions of the runner share keys, and so results. */
    boolean sharesKeysBetweenSessions();

    /** Returns a session of the runner that all tests share. */
    TaskSession session();

    /** Returns a key that begins so, another one at each call. */
    String key(String name);

    /** Returns a closed gate. */
    Gate gate();

    /** Returns a tally of nothing. */
    Tally tally();

    /** Returns the expected concurrency type of the runner. */
    ConcurrencyType type();

    /** Returns whether calls have ended when {@code submit} returns. */
    default boolean isSequential() {
        return false;
    }

    /** Returns a gate that calls will wait for. It is open where they would wait inside {@code submit}. */
    default Gate gateOpenIfSequential() {
        return gate();
    }

    /** Returns how a call ends whose reading fails, where calls are read. */
    StateType typeOfACallThatCannotBeRead();

    /** Returns what submits inside a call: the session itself, if calls can take it along. */
    NestingContract.Submitter submitter(TaskRunner runner, TaskSession session);

    /** Waits for a future's state, which is to come. */
    static <R extends @Nullable Object> State<R> end(TaskFuture<R> future) {
        return future.await(Deadlines.PATIENCE).orElseThrow();
    }

    /** Returns null, as a call does whose result type says so. */
    @SuppressWarnings("NullAway") // it does not read type arguments
    static String nothing() {
        return null;
    }

    /** Submits a call, from another thread if this one would be held up, and returns once it runs. */
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

    /** Submits a call that opens a gate when it starts, from another thread if this one would be held up. */
    default <R extends @Nullable Object> TaskFuture<R> submitToRun(
            TaskSession session, String key, Gate started, TaskCall<R> call) throws InterruptedException {
        return session.submit(key, call);
    }
}
