package io.github.ignitetasks.internal.console;

import static java.util.stream.Collectors.partitioningBy;

import io.github.ignitetasks.internal.client.NodeReportQuery;
import io.github.ignitetasks.internal.client.ServerAnswers;
import io.github.ignitetasks.internal.client.ServerQuery;
import io.github.ignitetasks.internal.events.GridSnapshot;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.node.Protocol;
import io.github.ignitetasks.internal.worker.KeyList;
import io.github.ignitetasks.internal.worker.KeyReport;
import io.github.ignitetasks.internal.worker.KeyState;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The queries of a command or a dashboard to the servers of a grid. They change nothing there.
 *
 * @param ignite the node of the command or the dashboard
 * @param timeout how long it waits for the answers to a question
 */
record GridQueries(Ignite ignite, Duration timeout) {

    /** Asks all servers for their reports. */
    GridStatus status() {
        Map<Boolean, List<ClusterNode>> servers =
                ignite.cluster().forServers().nodes().stream().collect(partitioningBy(Protocol::isSpokenBy));
        ServerAnswers<NodeReport> answers =
                new NodeReportQuery(ignite, timeout).answers(servers.getOrDefault(true, List.of()));
        return GridStatus.of(answers, servers.getOrDefault(false, List.of()));
    }

    /** Asks the servers of this version for their reports. */
    GridSnapshot snapshot() {
        ServerAnswers<NodeReport> answers = new NodeReportQuery(ignite, timeout).answers(servers());
        return new GridSnapshot(
                answers.answered(),
                answers.silent().stream().map(GridQueries::nodeName).sorted().toList());
    }

    /** Asks all servers what they know of a key. */
    ServerAnswers<KeyReport> key(String key) {
        return new ServerQuery(ignite, timeout).key(key, servers());
    }

    /** Asks all servers for their keys; see {@link ServerQuery#keys}. */
    ServerAnswers<KeyList> keys(String prefix, Optional<KeyState> state, int limit) {
        return new ServerQuery(ignite, timeout).keys(prefix, state, limit, servers());
    }

    private Collection<ClusterNode> servers() {
        return Protocol.servers(ignite.cluster()).nodes();
    }

    /** Returns the name of a node; empty if it has left. */
    Optional<String> nodeName(UUID id) {
        return Optional.ofNullable(ignite.cluster().node(id)).map(GridQueries::nodeName);
    }

    static String nodeName(ClusterNode node) {
        return node.consistentId().toString();
    }
}
