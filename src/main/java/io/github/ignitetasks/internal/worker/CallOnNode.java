package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.execution.CallExecution;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.util.Optional;

/**
 * The call of a key on the node that runs it: each attempt reads it, and writes its state.
 *
 * @param run the key
 * @param reader reads the call
 * @param preparation what has to be done before
 */
record CallOnNode(KeyExecution run, CallReader reader, Preparation preparation)
        implements CallExecution.Source<Object> {
    @Override
    public void prepare() throws Exception {
        preparation.run();
    }

    @Override
    public TaskCall<Object> call() throws Exception {
        return reader.read(run);
    }

    @Override
    public Optional<byte[]> write(State<Object> state) {
        return Optional.of(StateRecord.write(state));
    }

    @Override
    public ClassLoader loader() {
        return run.loader();
    }

    /** What has to be done before a call is read. */
    @FunctionalInterface
    interface Preparation {
        /**
         * Does it, and may wait for the grid.
         *
         * @throws Exception if the call is not to run here
         */
        void run() throws Exception;
    }
}
