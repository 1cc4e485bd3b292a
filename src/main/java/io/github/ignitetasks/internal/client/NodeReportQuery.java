package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.worker.NodeReportFormat;
import io.github.ignitetasks.internal.worker.QueryNodeReport;
import io.github.ignitetasks.internal.worker.QueryStack;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.ignite.Ignite;
import org.apache.ignite.cluster.ClusterNode;

/**
 * A blocking query to nodes for what they report.
 *
 * @param ignite the node that asks
 * @param timeout how long it waits for all answers
 */
public record NodeReportQuery(Ignite ignite, Duration timeout) {

    /** Makes a query that waits for as long as a session waits for reports. */
    public NodeReportQuery(Ignite ignite) {
        this(ignite, ClientTimings.REPORT);
    }

    /** Returns the reports of those nodes that answer in time. */
    public List<NodeReport> reports(Collection<ClusterNode> nodes) {
        return answers(nodes).answered();
    }

    /** Returns the reports of nodes, and which nodes did not answer in time. */
    public ServerAnswers<NodeReport> answers(Collection<ClusterNode> nodes) {
        return new ServerQuery(ignite, timeout).ask(nodes, new QueryNodeReport(), NodeReportFormat::read);
    }

    /** Returns the stack of the thread that runs a key on one of the nodes; empty if none says that it does. */
    public Optional<String> stackOf(String key, Collection<ClusterNode> nodes) {
        return new ServerQuery(ignite, timeout)
                .answers(nodes, new QueryStack(key)).values().stream().findFirst();
    }
}
