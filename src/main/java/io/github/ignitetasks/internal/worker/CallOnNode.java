package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.internal.execution.CallSource;
import io.github.ignitetasks.internal.execution.Outcome;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.tracing.CallTrace;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.util.List;
import java.util.Optional;

/**
 * The call of a key on the node that runs it. Each attempt reads the call and writes its state.
 *
 * @param run the key
 * @param reader reads the call
 * @param preparation runs before the call is read
 * @param start runs after the call was read, just before its code
 * @param partition the data that stays on the node while the call runs; empty for most calls
 */
record CallOnNode(
        KeyExecution run,
        CallReader reader,
        Preparation preparation,
        Preparation start,
        Optional<ReservedPartition> partition)
        implements CallSource<Object> {
    @Override
    public void prepare() throws Exception {
        if (partition.isPresent()) {
            partition.get().reserve();
        }
        preparation.run();
    }

    @Override
    public void finish() {
        partition.ifPresent(ReservedPartition::release);
    }

    @Override
    public TaskCall<Object> call() throws Exception {
        TaskCall<Object> call = reader.read(run);
        start.run();
        return call;
    }

    @Override
    public Outcome.Ended<Object> write(State<Object> state, Optional<SpanReference> span) {
        byte[] record =
                span.map(recorded -> StateRecord.write(state, recorded)).orElseGet(() -> StateRecord.write(state));
        State<Object> written = StateRecord.type(record) == state.type()
                ? state
                : StateRecord.read(run.key(), record, run.loader(), StateRecord.ObjectContext.ofThread());
        return new Outcome.Ended<>(written, Optional.of(record));
    }

    @Override
    public Optional<CallTrace> trace() {
        return run.call().trace();
    }

    @Override
    public List<SpanReference> upstreamSpans() {
        return run.upstreamSpans();
    }

    @Override
    public ClassLoader loader() {
        return run.loader();
    }

    @Override
    public <T> Optional<T> resource(Class<T> type) {
        return Optional.of(reader.ignite()).filter(type::isInstance).map(type::cast);
    }

    @Override
    public TaskSession openSession() {
        return NodeSessions.open(
                reader.ignite(), run.key(), run.first().settings().withSlotsOfNode(), trace());
    }

    /** The work that comes before a call is read. */
    @FunctionalInterface
    interface Preparation {
        /**
         * Does the work; may block on the grid.
         *
         * @throws Exception if the call must not run here
         */
        void run() throws Exception;
    }
}
