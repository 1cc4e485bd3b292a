package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.protocol.LocalRecords;
import io.github.ignitetasks.internal.protocol.MessageVersion;
import io.github.ignitetasks.internal.protocol.StateRecord;
import java.io.Serial;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** A job that returns what a node knows of a key, in the {@link KeyReportFormat}. It changes nothing. */
public final class QueryKey implements IgniteCallable<byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();
    private final String key;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    /** Makes a query for a key. */
    public QueryKey(String key) {
        this.key = key;
    }

    @Override
    public byte[] call() {
        MessageVersion.check("a query for a key", version);
        Ignite node = requireNonNull(ignite, "Ignite sets its instance before a job runs");
        // first: a key in flight ends after its record is written
        Optional<KeyExecution> inFlight =
                NodeWorker.find(node).flatMap(worker -> worker.keys().find(key));
        Optional<byte[]> record = new LocalRecords(node).find(key);
        Optional<byte[]> sent = record.map(QueryKey::withoutResult);
        return KeyReportFormat.write(new KeyReport(
                node.cluster().localNode().consistentId().toString(),
                sent,
                record.map(all -> all.length).orElse(0)
                        - sent.map(part -> part.length).orElse(0),
                inFlight.isPresent(),
                inFlight.flatMap(KeyExecution::active),
                inFlight.flatMap(KeyExecution::stack)));
    }

    private static byte[] withoutResult(byte[] record) {
        return StateRecord.isState(record) ? StateRecord.toSend(record, 0) : record;
    }
}
