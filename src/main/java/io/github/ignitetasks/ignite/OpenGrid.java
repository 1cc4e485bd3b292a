package io.github.ignitetasks.ignite;

import io.github.ignitetasks.cluster.Cluster;
import java.util.Optional;
import org.apache.ignite.Ignite;

/**
 * A grid that a session uses.
 *
 * @param ignite this JVM's node of it
 * @param description what it is, for the log
 * @param temporary whether it ends with the session
 * @param cluster the cluster that its servers are, if this JVM has that at hand
 * @param closer closes what was opened to use it
 */
record OpenGrid(Ignite ignite, String description, boolean temporary, Optional<Cluster> cluster, Runnable closer) {

    void close() {
        closer.run();
    }
}
