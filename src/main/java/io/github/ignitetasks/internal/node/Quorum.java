package io.github.ignitetasks.internal.node;

import java.util.Collection;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCluster;
import org.apache.ignite.cluster.ClusterNode;

/**
 * Whether a grid has as many servers as it must have to record: the largest number that one of them says by its
 * attribute. Servers that do not have this library do not count. Of a grid that is cut in two, at most one side has more
 * than half.
 *
 * <p>Safe to share between threads; does not block.
 */
public final class Quorum {
    private final IgniteCluster cluster;

    /** What was seen last; looked at again when the grid has changed. */
    private volatile View seen = new View(-1, 0, 0);

    /** Makes what tells of the grid of a node. */
    public Quorum(Ignite ignite) {
        this.cluster = ignite.cluster();
    }

    /**
     * The servers at one moment.
     *
     * @param version tells it from other moments
     * @param wanted how many servers there must be
     * @param servers how many there are
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

    /** Returns the servers that this node sees. */
    private View now() {
        View last = seen;
        try {
            long version = cluster.topologyVersion();
            if (version != last.version()) {
                last = View.of(version, cluster.nodes());
                seen = last;
            }
        } catch (IllegalStateException e) {
            return last; // this node stops, which whatever it does next will tell
        }
        return last;
    }

    /** Returns why nothing can be recorded, if that is so. */
    public Optional<String> lack() {
        View now = now();
        return now.isEnough()
                ? Optional.empty()
                : Optional.of("the grid records nothing while it has " + now.servers() + " servers and "
                        + SafeNode.QUORUM_ATTRIBUTE + " is " + now.wanted()
                        + "; if it was cut in two, start the servers of the smaller side again, and submit it again");
    }
}
