package io.github.ignitetasks.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.ignitetasks.CallOptions;
import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.cluster.TestGrid;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.internal.node.RecordCache;
import io.github.ignitetasks.support.Gate;
import io.github.ignitetasks.support.Tally;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.ignite.Ignite;
import org.apache.ignite.spi.metric.Metric;
import org.apache.ignite.spi.metric.ReadOnlyMetricRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests what a node tells Ignite's metric system. */
final class NodeMetricsIT {
    @TempDir
    private static Path folder;

    private static TestGrid grid;
    private static Ignite node;

    @BeforeAll
    static void start() {
        grid = TestGrid.start(folder.resolve("grid"), 1);
        node = grid.node(0);
    }

    @AfterAll
    static void stop() {
        grid.close();
    }

    private static TaskSession startSession() {
        return IgniteTaskRunner.builder().ignite(node).build().start();
    }

    /** Returns the metrics of the node. */
    private static Map<String, String> metrics() {
        Map<String, String> values = new TreeMap<>();
        for (ReadOnlyMetricRegistry each : node.metrics()) {
            if (each.name().equals("custom.ignitetasks")) {
                for (Metric metric : each) {
                    values.put(metric.name().substring(each.name().length() + 1), metric.getAsString());
                }
            }
        }
        return values;
    }

    @Test
    void nodeTellsIgnitesMetricSystemWhatItRan(@TempDir Path gates) throws Exception {
        Gate gate = Gate.in(gates);
        try (TaskSession session = startSession()) {
            session.submit("first", () -> 1).result(Deadlines.PATIENCE);
            Map<String, String> before = metrics();
            session.submit("good", () -> 1).result(Deadlines.PATIENCE);
            session.submit(
                            "bad",
                            () -> Integer.parseInt("x"),
                            CallOptions.none().withRetries(2, Duration.ZERO))
                    .await(Deadlines.PATIENCE);
            Tally started = Tally.in(gates);
            TaskFuture<Integer> held = session.submit("held here", () -> {
                started.add();
                gate.pass();
                return 1;
            });
            started.await(1);
            await().atMost(Deadlines.PATIENCE)
                    .untilAsserted(() ->
                            assertThat(metrics()).containsEntry("Running", "1").containsEntry("InFlight", "1"));
            Map<String, String> after = metrics();

            assertThat(grown(before, after, "Completed")).isEqualTo(1);
            assertThat(grown(before, after, "Failed")).isEqualTo(1);
            assertThat(grown(before, after, "Retries")).isEqualTo(2);
            assertThat(grown(before, after, "Records")).isEqualTo(2);
            assertThat(after).containsEntry("Slots", "" + Runtime.getRuntime().availableProcessors());
            assertThat(after).containsKeys("Crashed", "Cancelled", "NotReady", "ExecutionTime");
            assertThat(overJmx()).isEqualTo(after);
            gate.open();
            assertThat(held.result(Deadlines.PATIENCE)).isEqualTo(1);
        }
    }

    @Test
    void callsThatDidNotRunOrWhoseResultsCannotBeWrittenCountAsTheyEnded() {
        try (TaskSession session = startSession()) {
            session.submit("any", () -> 1).result(Deadlines.PATIENCE);
            Map<String, String> before = metrics();

            session.<Object>submit("not serializable", Object::new).await(Deadlines.PATIENCE);
            TaskFuture<Integer> fails = session.submit("fails", () -> Integer.parseInt("x"));
            session.submit("after", fails::result).await(Deadlines.PATIENCE);
            session.complete("given", 7).result(Deadlines.PATIENCE);

            Map<String, String> after = metrics();
            assertThat(grown(before, after, "Crashed")).isEqualTo(1);
            assertThat(grown(before, after, "Failed")).isEqualTo(1);
            assertThat(grown(before, after, "NotReady")).isEqualTo(1);
            assertThat(grown(before, after, "Completed")).isZero();
        }
    }

    private static long grown(Map<String, String> before, Map<String, String> after, String metric) {
        return Long.parseLong(after.getOrDefault(metric, "none")) - Long.parseLong(before.getOrDefault(metric, "none"));
    }

    @Test
    void numbersBeginAnewWhenTheRecordsWereReplaced() {
        try (TaskSession session = startSession()) {
            session.submit("before", () -> 1).result(Deadlines.PATIENCE);
            session.submit("before too", () -> 1).result(Deadlines.PATIENCE);
        }
        node.destroyCache(RecordCache.NAME);

        try (TaskSession session = startSession()) {
            session.submit("after", () -> 1).result(Deadlines.PATIENCE);

            assertThat(metrics()).containsEntry("Completed", "1").containsEntry("Records", "1");
        }
    }

    /** Returns the metrics as the exporter for JMX shows them. */
    private static Map<String, String> overJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        Set<ObjectName> names = server.queryNames(new ObjectName("org.apache:group=custom,name=ignitetasks,*"), null);
        assertThat(names).hasSize(1);
        ObjectName name = names.iterator().next();
        Map<String, String> values = new TreeMap<>();
        for (var attribute : server.getMBeanInfo(name).getAttributes()) {
            values.put(attribute.getName(), String.valueOf(server.getAttribute(name, attribute.getName())));
        }
        return values;
    }
}
