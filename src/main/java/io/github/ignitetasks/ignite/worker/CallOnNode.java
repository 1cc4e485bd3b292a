package io.github.ignitetasks.ignite.worker;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.ignite.record.StateRecord;
import io.github.ignitetasks.worker.CallRun;
import java.util.Optional;

/**
 * The call of a key on the node that runs it: each attempt reads it, and writes its state.
 *
 * @param run the key
 * @param reader reads the call
 * @param preparation what has to be done before
 */
record CallOnNode(KeyRun run, CallReader reader, Preparation preparation) implements CallRun.Source<Object> {
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
