package io.github.ignitetasks.benchmarks.rows;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Side;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.observe.Dashboard;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * How much throughput does a dashboard cost? The peer is a session of the library without a dashboard, on the same nodes.
 * The viewer takes frames while our side runs, and draws nothing.
 *
 * @param place the testbed of both sides
 * @param isOpen whether somebody views the dashboard
 */
record DashboardCost(String name, Target target, Function<Testbeds, ? extends Testbed> place, boolean isOpen)
        implements Row {
    private static final Duration MEASURE = Duration.ofSeconds(24);
    private static final Duration AT_A_TIME = Duration.ofSeconds(1);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        Testbed testbed = place.apply(testbeds);
        AtomicReference<URI> link = new AtomicReference<>();
        IgniteTaskRunner plain =
                IgniteTaskRunner.builder().ignite(testbed.ignite()).build();
        try (TaskSession shown = plain.withListener(Dashboard.create().whenOpened(link::set))
                        .start();
                TaskSession hidden = plain.start()) {
            Tasks ours = new Tasks(shown, new FreshKeys(), Body.SMALL, Throughput.TASKS);
            Tasks others = new Tasks(hidden, new FreshKeys(), Body.SMALL, Throughput.TASKS);
            testbed.warmUp().run(ours, others);
            Tasks measured = ours.lasting(AT_A_TIME);
            Side peer = others.lasting(AT_A_TIME);
            URI opened = requireNonNull(link.get(), "the session has started");
            HttpClient client = DashboardViewer.client(opened);
            Side viewed = () -> {
                DashboardViewer viewer = DashboardViewer.open(client, opened);
                try {
                    return measured.measure();
                } finally {
                    viewer.close();
                }
            };
            return Answer.of(Pairs.measure(MEASURE, isOpen ? viewed : measured, peer), Figures::perSecond);
        }
    }
}
