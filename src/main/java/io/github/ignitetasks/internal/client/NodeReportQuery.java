package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.internal.base.Deadline;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.worker.NodeReportFormat;
import io.github.ignitetasks.internal.worker.QueryNodeReport;
import io.github.ignitetasks.internal.worker.QueryStack;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.apache.ignite.cluster.ClusterNode;
import org.apache.ignite.lang.IgniteCallable;
import org.apache.ignite.lang.IgniteFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A blocking query to nodes for what they report.
 *
 * @param ignite the node that asks
 */
public record NodeReportQuery(Ignite ignite) {
    private static final Logger LOG = LoggerFactory.getLogger(NodeReportQuery.class);

    /** Returns the reports of those nodes that answer in time. */
    public List<NodeReport> reports(Collection<ClusterNode> nodes) {
        List<NodeReport> reports = new ArrayList<>();
        for (byte[] answer : ask(nodes, new QueryNodeReport())) {
            try {
                reports.add(NodeReportFormat.read(answer));
            } catch (IOException e) {
                LOG.debug("the report of a node is left out", e);
            }
        }
        return reports;
    }

    /** Returns the stack of the thread that runs a key on one of the nodes; empty if none says that it does. */
    public Optional<String> stackOf(String key, Collection<ClusterNode> nodes) {
        return ask(nodes, new QueryStack(key)).stream().findFirst();
    }

    /** Returns the answers that come in time and are not null. */
    private <T> List<T> ask(Collection<ClusterNode> nodes, IgniteCallable<@Nullable T> question) {
        Deadline deadline = Deadline.in(ClientTimings.REPORT);
        List<IgniteFuture<T>> answers = nodes.stream()
                .map(node -> ignite.compute(ignite.cluster().forNode(node))
                        .withNoFailover()
                        .callAsync(question))
                .toList();
        return answers.stream()
                .map(answer -> answerBy(deadline, answer))
                .filter(Objects::nonNull)
                .toList();
    }

    private static <T> @Nullable T answerBy(Deadline deadline, IgniteFuture<T> answer) {
        try {
            return answer.get(Math.max(1, deadline.left().toNanos()), TimeUnit.NANOSECONDS);
        } catch (IgniteException e) {
            LOG.debug("a node does not answer, and is left out", e);
            return null;
        }
    }
}
