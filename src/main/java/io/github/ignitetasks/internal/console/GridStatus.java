package io.github.ignitetasks.internal.console;

import static java.util.Comparator.comparing;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.internal.client.ServerAnswers;
import io.github.ignitetasks.internal.events.ActiveCall;
import io.github.ignitetasks.internal.events.NodeReport;
import io.github.ignitetasks.internal.events.NodeReport.RecentFailure;
import io.github.ignitetasks.internal.events.TaskCounts.Counts;
import io.github.ignitetasks.internal.node.Protocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.ignite.cluster.ClusterNode;

/**
 * The status of the servers of a grid.
 *
 * @param servers the servers by name, those that did not answer included
 */
record GridStatus(List<Server> servers) {
    /** The state of a server that reports. */
    static final String OK = "ok";

    /** The state of a server that did not report in time. */
    static final String NO_ANSWER = "no answer";

    /** The state of a server that takes no part. */
    static final String NO_LIBRARY = "without the library";

    /** Sorts and copies the servers. */
    GridStatus {
        servers = servers.stream().sorted(comparing(Server::name)).toList();
    }

    /**
     * A server.
     *
     * @param name its name
     * @param state {@link #OK}, or why there is no report
     * @param report its report, if it gave one
     */
    record Server(String name, String state, Optional<NodeReport> report) {}

    /** A value of a report, and the name of the node that gave it. */
    record OnNode<T>(String node, T value) {}

    /** Makes the status from the answers of servers, and from those that were not asked. */
    static GridStatus of(ServerAnswers<NodeReport> answers, Collection<ClusterNode> others) {
        List<Server> servers = new ArrayList<>();
        answers.answered().forEach(report -> servers.add(new Server(report.node(), OK, Optional.of(report))));
        answers.silent()
                .forEach(node -> servers.add(new Server(GridQueries.nodeName(node), NO_ANSWER, Optional.empty())));
        others.forEach(node -> servers.add(new Server(GridQueries.nodeName(node), stateOf(node), Optional.empty())));
        return new GridStatus(servers);
    }

    private static String stateOf(ClusterNode other) {
        return Protocol.messagesOf(other)
                .map(version -> "messages of version " + version)
                .orElse(NO_LIBRARY);
    }

    /** Returns the exit code. Servers without the library take no part, and do not count. */
    int exitCode() {
        int answered = reports().size();
        int silent = (int) servers.stream()
                .filter(server -> server.report().isEmpty() && !server.state().equals(NO_LIBRARY))
                .count();
        return answered + silent == 0 ? ExitCodes.UNREACHABLE : ExitCodes.of(answered, silent);
    }

    private List<NodeReport> reports() {
        return servers.stream().flatMap(server -> server.report().stream()).toList();
    }

    /** Returns the counts of the calls that reached the servers, by name. */
    Map<String, Counts> byName() {
        Map<String, Counts> all = new TreeMap<>();
        reports()
                .forEach(report -> report.byName().forEach((name, counts) -> all.merge(name, counts, GridStatus::sum)));
        return all;
    }

    private static Counts sum(Counts one, Counts other) {
        Map<StateType, Long> ended = new EnumMap<>(StateType.class);
        ended.putAll(one.ended());
        other.ended().forEach((type, number) -> ended.merge(type, number, Long::sum));
        return new Counts(
                one.submitted() + other.submitted(),
                one.running() + other.running(),
                ended,
                0,
                one.retries() + other.retries());
    }

    /** Returns how many calls have started or are held up, and have not ended; of a server with very many, those that started. */
    long activeCalls() {
        return reports().stream()
                .mapToLong(
                        report -> Math.max(report.activeCalls(), report.calls().size()))
                .sum();
    }

    /** Returns those calls, the longest first; of each server at most as many as its report has. */
    List<OnNode<ActiveCall>> calls() {
        return onNodes(NodeReport::calls, comparing(ActiveCall::elapsed).reversed());
    }

    /** Returns the failures of the reports, the newest first. */
    List<OnNode<RecentFailure>> failures() {
        return onNodes(NodeReport::failures, comparing(RecentFailure::time).reversed());
    }

    private <T> List<OnNode<T>> onNodes(Function<NodeReport, List<T>> values, Comparator<T> order) {
        return reports().stream()
                .flatMap(report -> values.apply(report).stream().map(value -> new OnNode<>(report.node(), value)))
                .sorted(comparing(OnNode<T>::value, order))
                .toList();
    }
}
