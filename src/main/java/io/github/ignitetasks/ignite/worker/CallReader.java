package io.github.ignitetasks.ignite.worker;

import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.ignite.record.Records;
import io.github.ignitetasks.wire.ObjectReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.ignite.Ignite;

/**
 * Reads calls on the node that runs them, with the states of their upstreams in them.
 *
 * @param ignite the node
 * @param records where those states are
 * @param node the node's name
 */
record CallReader(Ignite ignite, Records records, String node) {

    /**
     * Reads a call. Waits for the grid.
     *
     * @throws MissingUpstreamException if the record of an upstream has expired
     * @throws Exception if the call cannot be read
     */
    TaskCall<Object> read(KeyRun run) throws Exception {
        WireCall call = run.call();
        Map<String, byte[]> upstreams = call.upstreams().isEmpty() ? Map.of() : upstreams(call);
        UUID grid = ignite.cluster().id();
        try {
            return OwnIgnite.whileReading(
                    ignite,
                    () -> ObjectReader.readCall(call.bytes(), call.definitions(), run.loader(), reference -> {
                        byte[] record = upstreams.get(reference.key());
                        return record == null
                                ? reference
                                : new UpstreamFuture<>(reference.key(), grid, record, run.loader());
                    }));
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "node " + node + " lacks class " + e.getMessage()
                            + " of the call; add its jar to the class path of the grid's nodes, or turn"
                            + " peerClassLoadingEnabled on, with deploymentMode ISOLATED, on all of them",
                    e);
        }
    }

    private Map<String, byte[]> upstreams(WireCall call) throws MissingUpstreamException {
        Map<String, byte[]> upstreams = records.read(new HashSet<>(call.upstreams()));
        List<String> missing = call.upstreams().stream()
                .filter(key -> !upstreams.containsKey(key))
                .toList();
        if (!missing.isEmpty()) {
            throw new MissingUpstreamException(missing);
        }
        return upstreams;
    }
}
