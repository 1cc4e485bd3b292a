package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.protocol.LocalRecords;
import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/**
 * A job that lists keys of a node, in the {@link KeyListFormat}: those of its records, and those that it runs without a
 * claim. It changes nothing. It goes through all records of the node, one at a time, and gives up after a while.
 */
public final class QueryKeys implements IgniteCallable<byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();
    private final String prefix;
    private final @Nullable KeyState state;
    private final int limit;
    private final long millis;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    /**
     * Makes a query.
     *
     * @param prefix how the keys begin
     * @param state the only state of the keys; empty for every state
     * @param limit how many keys each node lists
     * @param time how long a node may look
     */
    public QueryKeys(String prefix, Optional<KeyState> state, int limit, Duration time) {
        this.prefix = prefix;
        this.state = state.orElse(null);
        this.limit = limit;
        this.millis = time.toMillis();
    }

    @Override
    public byte[] call() {
        MessageVersion.check("a query for keys", version);
        Ignite node = requireNonNull(ignite, "Ignite sets its instance before a job runs");
        Deadline deadline = Deadline.in(Duration.ofMillis(millis));
        KeySelection keys = new KeySelection(prefix, Optional.ofNullable(state), limit, id -> nameOf(node, id));
        new LocalRecords(node).forEach((key, record) -> {
            if (deadline.hasPassed()) {
                throw new IllegalStateException("the node has looked through its records for " + millis + " ms");
            }
            keys.add(key, record);
        });
        String here = node.cluster().localNode().consistentId().toString();
        NodeWorker.find(node)
                .ifPresent(worker -> worker.keys().all().stream()
                        .filter(run -> run.isRunning() && run.claim().isEmpty())
                        .forEach(run -> keys.addRunning(run.key(), () -> here)));
        return KeyListFormat.write(keys.list());
    }

    private static Optional<String> nameOf(Ignite ignite, UUID id) {
        return Optional.ofNullable(ignite.cluster().node(id))
                .map(node -> node.consistentId().toString());
    }
}
