package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.internal.protocol.MessageVersion;
import java.io.Serial;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.lang.IgniteRunnable;
import org.apache.ignite.resources.IgniteInstanceResource;
import org.jspecify.annotations.Nullable;

/** A job that tells a worker that a session is over. */
public final class CloseClientSession implements IgniteRunnable {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int version = MessageVersion.current();
    private final UUID client;

    @IgniteInstanceResource
    private transient @Nullable Ignite ignite;

    /** Makes the job from the id of the session as workers know it. */
    public CloseClientSession(UUID client) {
        this.client = client;
    }

    @Override
    public void run() {
        MessageVersion.check("the end of a session", version);
        NodeWorker.of(ignite).clients().leave(client);
    }
}
