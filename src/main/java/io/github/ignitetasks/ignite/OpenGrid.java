package io.github.ignitetasks.ignite;

import io.github.ignitetasks.cluster.Cluster;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.cluster.ClusterState;

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
    private static final String ACTIVATE =
            "one that keeps records on disk is activated once, when all its servers have joined: by option --activate of"
                    + " the grid node, by ignite.cluster().state(ClusterState.ACTIVE), or by Ignite's control.sh";

    /**
     * Checks that it can record.
     *
     * @throws IllegalStateException if it cannot; the message says what to do
     */
    void checkRecords() {
        ClusterState state = ignite.cluster().state();
        if (state != ClusterState.ACTIVE) {
            throw new IllegalStateException(description + " is " + state + ", and records nothing before it is ACTIVE; "
                    + (isNew()
                            ? ACTIVATE
                            : "it becomes that by itself when all its servers are there, of which " + missing()
                                    + " are missing. To go on without these, change its state to ACTIVE"));
        }
        new Quorum(ignite).lack().ifPresent(lack -> {
            throw new IllegalStateException(description + " cannot be used: " + lack);
        });
    }

    private boolean isNew() {
        return ignite.cluster().currentBaselineTopology() == null;
    }

    /** Returns how many servers are missing of those that the grid has. */
    private long missing() {
        return ignite.cluster().currentBaselineTopology().stream()
                .filter(node -> !(node instanceof ClusterNode))
                .count();
    }

    void close() {
        closer.run();
    }
}
