package io.github.ignitetasks.internal.client;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.internal.node.Protocol;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.ignite.cluster.ClusterNode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The servers of a session's grid that have another version of this library. The session does not use servers with
 * another version of the messages. It names each such server once, in a warning.
 *
 * <p>Safe to share between threads; does not block.
 */
public final class OtherVersions {
    private static final Logger LOG = LoggerFactory.getLogger(OtherVersions.class);

    private static final int MAX_NAMED = 10;

    private final String session;
    private final Set<UUID> named = ConcurrentHashMap.newKeySet();

    OtherVersions(String session) {
        this.session = session;
    }

    /** Logs one warning for those of these nodes that have another version and were not named before. */
    void warnOf(Collection<ClusterNode> nodes) {
        List<ClusterNode> unused = nodes.stream()
                .filter(OtherVersions::speaksAnother)
                .filter(this::isNew)
                .toList();
        if (!unused.isEmpty()) {
            LOG.warn("{} does not use {} of its grid's servers: {}", session, unused.size(), describe(unused));
        }
        List<ClusterNode> ahead = nodes.stream()
                .filter(OtherVersions::writesLater)
                .filter(this::isNew)
                .toList();
        if (!ahead.isEmpty()) {
            LOG.warn(
                    "{} cannot read records of later versions than {}, and its keys that have one are Crashed; servers"
                            + " that may write such records: {}; update this library here",
                    session,
                    Protocol.RECORDS,
                    names(ahead, node -> "version " + Protocol.recordsOf(node)));
        }
    }

    private boolean isNew(ClusterNode node) {
        return named.add(node.id());
    }

    private static boolean writesLater(ClusterNode node) {
        return Protocol.isSpokenBy(node) && Protocol.recordsOf(node) > Protocol.RECORDS;
    }

    /** Returns whether a node is a server with this library, but with another version of the messages. */
    static boolean speaksAnother(ClusterNode node) {
        return !node.isClient()
                && !Protocol.isSpokenBy(node)
                && Protocol.messagesOf(node).isPresent();
    }

    /** Names such servers, both versions, and the side to update. */
    static String describe(Collection<ClusterNode> others) {
        long later = others.stream()
                .filter(node -> Protocol.messagesOf(node).orElseThrow() > Protocol.MESSAGES)
                .count();
        String remedy;
        if (later == others.size()) {
            remedy = "update this library here, to the version that the servers have";
        } else if (later == 0) {
            remedy = "update this library on those servers, to the version that is used here";
        } else {
            remedy = "use one version of this library here and on all servers";
        }
        return names(others, node -> "version " + Protocol.messagesOf(node).orElseThrow())
                + "; this library here speaks version " + Protocol.MESSAGES + " of the messages; " + remedy;
    }

    private static String names(Collection<ClusterNode> nodes, Function<ClusterNode, String> version) {
        int more = nodes.size() - MAX_NAMED;
        return nodes.stream()
                        .limit(MAX_NAMED)
                        .map(node -> name(node) + " has " + version.apply(node))
                        .collect(joining(", "))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** Names a node for people. */
    static String name(ClusterNode node) {
        return "'" + node.consistentId() + "' (" + String.join(", ", node.addresses()) + ")";
    }
}
