package io.github.ignitetasks.benchmarks.rows;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.peers.RawIgnite;
import io.github.ignitetasks.benchmarks.peers.WindowedPeer;
import io.github.ignitetasks.benchmarks.report.Charts;
import io.github.ignitetasks.benchmarks.testbed.FreshKeys;
import io.github.ignitetasks.benchmarks.testbed.Grid;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How does throughput change with the number of tasks and of server processes? The peer is raw Ignite. */
public final class ThroughputPlot {
    private static final Duration MEASURE = Duration.ofSeconds(2);
    private static final List<Integer> PROCESSES = List.of(1, 2, 4);
    private static final List<Integer> TASKS = List.of(100, 1_000, 10_000, 100_000);

    /** The number of tasks while the number of processes changes. */
    private static final int USUAL_TASKS = 10_000;

    private static final int USUAL_PROCESSES = 2;

    private ThroughputPlot() {}

    /** Measures, and draws the results as PNG. */
    public static void write(Path file) throws Exception {
        List<Pairs> byTasks = new ArrayList<>();
        List<Pairs> byProcesses = new ArrayList<>();
        try (Testbeds testbeds = new Testbeds()) {
            for (int processes : PROCESSES) {
                List<Integer> tasks = processes == USUAL_PROCESSES ? TASKS : List.of(USUAL_TASKS);
                List<Pairs> measured = measure(testbeds, processes, tasks);
                byProcesses.add(measured.get(tasks.indexOf(USUAL_TASKS)));
                if (processes == USUAL_PROCESSES) {
                    byTasks.addAll(measured);
                }
            }
        }
        draw(file, byTasks, byProcesses);
    }

    private static List<Pairs> measure(Testbeds testbeds, int processes, List<Integer> tasks) throws Exception {
        int slots = Math.max(1, Runtime.getRuntime().availableProcessors() / processes);
        Grid grid = testbeds.grid(processes, slots);
        List<Pairs> measured = new ArrayList<>();
        FreshKeys keys = new FreshKeys();
        RawIgnite raw = new RawIgnite(grid.ignite(), Body.SMALL::ignites);
        try (TaskSession session = grid.openSession()) {
            WindowedPeer peer = new WindowedPeer(raw, USUAL_TASKS);
            grid.warmUp().run(new Tasks(session, keys, Body.SMALL, USUAL_TASKS), peer);
            peer.chooseWindow();
            for (int count : tasks) {
                measured.add(
                        Pairs.measure(MEASURE, new Tasks(session, keys, Body.SMALL, count), peer.withTasks(count)));
            }
        }
        return measured;
    }

    private static void draw(Path file, List<Pairs> byTasks, List<Pairs> byProcesses) throws IOException {
        List<String> tasks = TASKS.stream()
                .map(count -> String.format(Locale.ROOT, "%,d", count))
                .toList();
        List<String> processes = PROCESSES.stream().map(String::valueOf).toList();
        Charts.writePng(
                file,
                List.of(
                        Charts.lines(
                                "Tasks a second, " + USUAL_PROCESSES + " processes",
                                "tasks submitted at once",
                                tasks,
                                series(byTasks)),
                        Charts.lines(
                                String.format(Locale.ROOT, "Tasks a second, %,d at once", USUAL_TASKS),
                                "server processes",
                                processes,
                                series(byProcesses))));
    }

    private static Map<String, List<Double>> series(List<Pairs> measured) {
        Map<String, List<Double>> series = new LinkedHashMap<>(); // the legend keeps this order
        series.put("this library", measured.stream().map(Pairs::ours).toList());
        series.put("callAsync", measured.stream().map(Pairs::peer).toList());
        return series;
    }
}
