package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.protocol.Records;
import java.io.Serial;
import java.util.Collection;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;

/** Thrown when a session cannot work with the version of this library that the servers of a grid have. */
public final class VersionMismatchException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    private VersionMismatchException(String message) {
        super(message);
    }

    /**
     * Checks a grid without a server that a session can use.
     *
     * @throws VersionMismatchException if servers have another version; the message names them, both versions and the
     *     remedy
     */
    static void checkServers(Ignite ignite) {
        List<ClusterNode> others = others(ignite);
        if (!others.isEmpty()) {
            throw new VersionMismatchException("no server of the grid has a version of this library that works with"
                    + " the one here: " + OtherVersions.describe(others));
        }
    }

    /**
     * Checks that servers which a session can use keep the records of a grid.
     *
     * @throws VersionMismatchException if the records belong to another version
     */
    static void checkRecords(Ignite ignite, Records records) {
        Collection<ClusterNode> servers = Protocol.servers(ignite.cluster()).nodes();
        if (!servers.isEmpty() && servers.stream().noneMatch(records::mayBeOn)) {
            List<ClusterNode> others = others(ignite);
            throw new VersionMismatchException("the records of the grid belong to another version of this library: "
                    + (others.isEmpty()
                            ? "no server keeps them for version " + Protocol.MESSAGES + " of the messages, which this"
                                    + " library here speaks; use the version that made them, here and on the servers"
                            : OtherVersions.describe(others)));
        }
    }

    private static List<ClusterNode> others(Ignite ignite) {
        return ignite.cluster().forServers().nodes().stream()
                .filter(OtherVersions::speaksAnother)
                .toList();
    }
}
