package io.github.ignitetasks.ignite.worker;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.worker.CallRun;
import java.util.concurrent.Callable;

/**
 * Where the run of a key gets its call from: each attempt reads it.
 *
 * @param run the key
 * @param reading reads the call
 */
record ReadCall(KeyRun run, Callable<TaskCall<Object>> reading) implements CallRun.Source<Object> {
    @Override
    public TaskCall<Object> call() throws Exception {
        return reading.call();
    }

    @Override
    public ClassLoader loader() {
        return run.loader();
    }
}
