package io.github.ignitetasks.internal.client;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.internal.node.Protocol;
import java.io.Serial;
import java.util.Collection;
import java.util.List;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;

/** Thrown when servers of a grid lack this library; nothing is created on that grid. */
public final class MissingLibraryException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int MAX_NAMED = 10;

    private MissingLibraryException(String message) {
        super(message);
    }

    /**
     * Checks all servers of a grid.
     *
     * @throws MissingLibraryException if one does not have the library; the message names those servers and the remedy
     */
    public static void check(Ignite ignite) {
        Collection<ClusterNode> servers = ignite.cluster().forServers().nodes();
        List<ClusterNode> without = servers.stream()
                .filter(node -> Protocol.messagesOf(node).isEmpty())
                .toList();
        if (!without.isEmpty()) {
            throw new MissingLibraryException(message(servers.size(), without));
        }
    }

    private static String message(int servers, List<ClusterNode> without) {
        String names = without.stream()
                .limit(MAX_NAMED)
                .map(MissingLibraryException::describe)
                .collect(joining(", "));
        int more = without.size() - MAX_NAMED;
        return without.size() + " of " + servers + " servers of the grid cannot run tasks: " + names
                + (more > 0 ? " and " + more + " more" : "")
                + "; add the jar of this library to their class path and start them again. If the configuration of a"
                + " server sets pluginProviders, also set its user attribute " + Protocol.ATTRIBUTE + " to the Integer "
                + Protocol.MESSAGES + ". Nothing on the grid was changed";
    }

    private static String describe(ClusterNode node) {
        Object said = node.attribute(Protocol.ATTRIBUTE);
        String reason = said == null
                ? "does not have this library"
                : "says " + Protocol.ATTRIBUTE + "=" + said + " ("
                        + said.getClass().getName() + "), not " + Protocol.MESSAGES + " (java.lang.Integer)";
        return OtherVersions.name(node) + " " + reason;
    }
}
