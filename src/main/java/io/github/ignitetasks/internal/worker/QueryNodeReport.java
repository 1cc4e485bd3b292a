package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** A job that returns what a node tells about itself, in the {@link NodeReportFormat}. */
public final class QueryNodeReport implements IgniteCallable<byte[]> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    @Override
    public byte[] call() {
        MessageVersion.check("a query for a node's report", version);
        return NodeReportFormat.write(NodeWorker.of(ignite).report());
    }
}
