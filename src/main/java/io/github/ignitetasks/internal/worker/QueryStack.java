package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** A job that returns the stack of the thread that runs a key on a node; null if none does. */
public final class QueryStack implements IgniteCallable<@Nullable String> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();
    private final String key;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    /** Makes a query for the stack of a key. */
    public QueryStack(String key) {
        this.key = key;
    }

    @Override
    public @Nullable String call() {
        MessageVersion.check("a query for a task's stack", version);
        return NodeWorker.find(ignite)
                .flatMap(worker -> worker.keys().find(key))
                .flatMap(KeyExecution::stack)
                .orElse(null);
    }
}
