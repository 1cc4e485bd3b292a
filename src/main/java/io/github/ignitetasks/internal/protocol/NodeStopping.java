package io.github.ignitetasks.internal.protocol;

import org.apache.ignite.internal.NodeStoppingException;
import org.apache.ignite.internal.processors.cache.CacheStoppedException;
import org.apache.ignite.internal.util.typedef.X;

/** What is refused by a node that is about to leave: whoever asked asks again, until it has left and another answers. */
public final class NodeStopping {
    private NodeStopping() {}

    /** Returns whether that is why the grid has refused something. */
    public static boolean isCauseOf(RuntimeException problem) {
        return X.hasCause(problem, NodeStoppingException.class, CacheStoppedException.class);
    }
}
