package io.github.ignitetasks.benchmarks.peers;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;

/** The library in the place of a peer, for comparisons with a number of tasks under way. */
public final class OurTasks implements Peer {
    private final TaskSession session;
    private final FreshKeys keys;
    private final IntFunction<TaskCall<Integer>> body;

    /** Creates a peer that runs tasks of a session under fresh keys. */
    public OurTasks(TaskSession session, FreshKeys keys, IntFunction<TaskCall<Integer>> body) {
        this.session = session;
        this.keys = keys;
        this.body = body;
    }

    @Override
    public Callable<Integer> start(int number) {
        TaskFuture<Integer> future = session.submit(keys.key(keys.take(1)), body.apply(number));
        return future::result;
    }
}
