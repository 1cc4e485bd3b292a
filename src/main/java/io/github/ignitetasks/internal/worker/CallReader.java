package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.internal.codec.DeepStack;
import io.github.ignitetasks.internal.codec.ObjectReader;
import io.github.ignitetasks.internal.execution.CallNotRunException;
import io.github.ignitetasks.internal.execution.CallSource;
import io.github.ignitetasks.internal.execution.Readers;
import io.github.ignitetasks.internal.protocol.Records;
import io.github.ignitetasks.internal.protocol.StateRecord;
import io.github.ignitetasks.internal.tracing.SpanReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.jspecify.annotations.Nullable;

/**
 * The reader of calls on the node that runs them. It gives them the states of their upstreams.
 *
 * @param ignite the node
 * @param records where those states are
 * @param node the node's name
 * @param resources injects Ignite's resources into the calls
 * @param readers read those states for tasks that wait for them with a time limit
 * @param shared the values that tasks share
 */
record CallReader(
        Ignite ignite, Records records, String node, ResourceInjector resources, Readers readers, SharedValues shared) {

    /** Makes the reader of the node of that name. */
    CallReader(Ignite ignite, Records records, String node, Readers readers) {
        this(ignite, records, node, new ResourceInjector(ignite, node), readers, new SharedValues(records::has));
    }

    /**
     * Reads a call. Blocks on the grid.
     *
     * @throws CallNotRunException if the record of an upstream has expired
     * @throws Exception if the call cannot be read
     */
    TaskCall<Object> read(KeyExecution run) throws Exception {
        CallRequest call = run.call();
        Map<String, byte[]> upstreams = upstreamsOf(call);
        if (call.trace().isPresent()) {
            run.upstreamSpans(spansOf(upstreams));
        }
        shared.checkThere(call.states(), run.loader());
        UUID grid = ignite.cluster().id();
        try {
            TaskCall<Object> read = DeepStack.readWhereItFits(() -> LocalIgnite.whileReading(
                    ignite,
                    () -> ObjectReader.readCall(call.bytes(), call.definitions(), run.loader(), reference -> {
                        String key = reference.key();
                        byte[] record = upstreams.get(key);
                        SharedValues values =
                                SharedValues.isShared(call.states().get(key)) ? shared : null;
                        return record == null
                                ? reference
                                : new UpstreamFuture<>(
                                        key, grid, record, run.loader(), ignite, records, readers, values);
                    })));
            resources.inject(read);
            return read;
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new IllegalStateException(lacks(e.getMessage(), call.loaders()), e);
        }
    }

    private Map<String, byte[]> upstreamsOf(CallRequest call) throws CallNotRunException {
        Map<String, byte[]> read = new UpstreamReader(records).read(call.upstreams());
        if (call.states().isEmpty()) {
            return read;
        }
        Map<String, byte[]> all = new HashMap<>(read);
        all.putAll(call.states());
        return all;
    }

    private static List<SpanReference> spansOf(Map<String, byte[]> upstreams) {
        return upstreams.values().stream()
                .flatMap(record -> StateRecord.span(record).stream())
                .limit(CallSource.MAX_LINKS)
                .toList();
    }

    private String lacks(@Nullable String type, List<String> loaders) {
        String lacks = "node " + node + " lacks class " + type + " of the call; ";
        return loaders.isEmpty()
                ? lacks + "add its jar to the class path of the grid's nodes, or turn peerClassLoadingEnabled on, with"
                        + " deploymentMode ISOLATED, on all of them"
                : lacks + "the call reaches classes of the class loaders " + String.join(" and ", loaders)
                        + ", of which none knows the classes of another, and peer class loading serves one loader for"
                        + " a call; add the jars of the others to the class path of the grid's nodes, or submit a call"
                        + " that one loader knows all classes of";
    }
}
