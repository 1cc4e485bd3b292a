package io.github.ignitetasks.internal.node;

import java.util.Collection;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The quorum of a grid: the number of servers that it needs to write records. It is the largest number that a server
 * sets in its attribute. Servers without this library do not count. If a grid splits in two, at most one side has more
 * than half of its servers.
 *
 * <p>Safe for use by many threads; does not block.
 */
public final class Quorum {
    private final IgniteCluster cluster;

    /** The last known view. It is computed again when the topology has changed. */
    private volatile View seen = new View(-1, 0, 0);

    /** Creates the quorum of the grid to which a node belongs. */
    public Quorum(Ignite ignite) {
        this.cluster = ignite.cluster();
    }

    /**
     * A view of the servers in one topology.
     *
     * @param version the topology version
     * @param wanted the required number of servers
     * @param servers the actual number of servers
     */
    private record View(long version, int wanted, int servers) {

        static View of(long version, Collection<ClusterNode> nodes) {
            int wanted = 0;
            int servers = 0;
            for (ClusterNode node : nodes) {
                if (Protocol.isSpokenBy(node)) {
                    servers++;
                    wanted = Math.max(wanted, wantedBy(node));
                }
            }
            return new View(version, wanted, servers);
        }

        private static int wantedBy(ClusterNode node) {
            Integer wanted = node.attribute(SafeNode.QUORUM_ATTRIBUTE);
            return wanted == null ? 0 : wanted;
        }

        boolean isEnough() {
            return servers >= wanted;
        }
    }

    /** Returns the current view of this node. */
    private View now() {
        View last = seen;
        try {
            long version = cluster.topologyVersion();
            if (version != last.version()) {
                last = View.of(version, cluster.nodes());
                seen = last;
            }
        } catch (IllegalStateException e) {
            return last; // the node is stopping; the caller's next operation will fail
        }
        return last;
    }

    /** Returns why the grid cannot write records; empty if it can. */
    public Optional<String> lack() {
        View now = now();
        return now.isEnough()
                ? Optional.empty()
                : Optional.of("the grid records nothing while it has " + now.servers() + " servers and "
                        + SafeNode.QUORUM_ATTRIBUTE + " is " + now.wanted()
                        + "; if it was cut in two, start the servers of the smaller side again, and submit it again");
    }
}
