package io.github.ignitetasks.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.peers.DaskCluster;
import io.github.ignitetasks.benchmarks.taskbench.DaskRunner;
import io.github.ignitetasks.benchmarks.taskbench.FutureRunner;
import io.github.ignitetasks.benchmarks.taskbench.GraphRunner;
import io.github.ignitetasks.benchmarks.taskbench.GraphSize;
import io.github.ignitetasks.benchmarks.taskbench.LibraryRunner;
import io.github.ignitetasks.benchmarks.taskbench.Metg;
import io.github.ignitetasks.benchmarks.taskbench.Pattern;
import io.github.ignitetasks.benchmarks.taskbench.PlainPython;
import io.github.ignitetasks.benchmarks.taskbench.PlainThreads;
import io.github.ignitetasks.benchmarks.testbed.Testbed;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import io.github.ignitetasks.local.ThreadPoolTaskRunner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import org.apache.ignite.IgniteCompute;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures METG(50%) of the library and its peers, for patterns of Task Bench. */
@Command(
        name = "metg",
        description = "Measures the smallest task at which half of the machine does useful work, for graphs of tasks.",
        mixinStandardHelpOptions = true)
final class MetgCommand implements Callable<Integer> {
    private enum Place {
        LOCAL,
        EMBEDDED,
        GRID
    }

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--place",
            split = ",",
            defaultValue = "local,embedded,grid",
            description = "Where tasks run: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private List<Place> places = List.of();

    @Option(
            names = "--pattern",
            split = ",",
            defaultValue = "trivial,stencil_1d",
            description = "The patterns of the graphs: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private List<Pattern> patterns = List.of();

    @Option(
            names = "--width",
            defaultValue = "32",
            description = "The number of tasks of a step. Default: ${DEFAULT-VALUE}.")
    private int width;

    @Option(
            names = "--repeats",
            defaultValue = "3",
            description = "How often each graph runs; the median counts. Default: ${DEFAULT-VALUE}.")
    private int repeats;

    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

    @Override
    public Integer call() throws Exception {
        if (width < 1 || repeats < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--width and --repeats must be 1 or more, but are " + width + " and " + repeats);
        }
        Metg metg = Metg.ofWidth(width, repeats, GraphSize.OF_SHORT_TASKS, new PlainThreads());
        for (Place place : places) {
            if (place == Place.LOCAL) {
                measureLocal(metg);
            } else {
                measureOnIgnite(metg, place);
            }
            if (place == Place.GRID) {
                measureOnDask(place);
            }
        }
        return 0;
    }

    private void measureLocal(Metg metg) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(CORES); // the common pool has fewer threads
        try (TaskSession session = ThreadPoolTaskRunner.create().start()) {
            Map<String, GraphRunner> runners = new LinkedHashMap<>();
            runners.put("ours", new LibraryRunner(session));
            runners.put("fork-join", FutureRunner.on(pool));
            measure(metg, Place.LOCAL, runners);
        } finally {
            pool.shutdownNow();
        }
    }

    private void measureOnIgnite(Metg metg, Place place) throws Exception {
        try (Testbeds testbeds = new Testbeds()) {
            Testbed testbed = place == Place.GRID ? testbeds.gridOfAllCores() : testbeds.embedded();
            IgniteCompute servers =
                    testbed.ignite().compute(testbed.ignite().cluster().forServers());
            try (TaskSession session = testbed.openSession()) {
                Map<String, GraphRunner> runners = new LinkedHashMap<>();
                runners.put("ours", new LibraryRunner(session));
                runners.put("raw-ignite", FutureRunner.on(servers));
                measure(metg, place, runners);
            }
        }
    }

    private void measureOnDask(Place place) throws Exception {
        Optional<DaskCluster> started = DaskCluster.start(CORES, 1);
        if (started.isEmpty()) {
            out.println("metg." + lower(place) + " dask=none no result: " + DaskCluster.MISSING);
            return;
        }
        try (DaskCluster dask = started.get()) {
            Metg metg = Metg.ofWidth(width, repeats, GraphSize.OF_LONG_TASKS, new PlainPython(dask, CORES));
            measure(metg, place, Map.of("dask", new DaskRunner(dask)));
        }
    }

    private void measure(Metg metg, Place place, Map<String, GraphRunner> runners) throws Exception {
        for (Pattern pattern : patterns) {
            metg.warmUp(pattern, new ArrayList<>(runners.values()), WARM_UP);
            for (Map.Entry<String, GraphRunner> runner : runners.entrySet()) {
                Metg.Result result = metg.measure(pattern, runner.getValue());
                out.println("metg." + lower(place) + "." + lower(pattern) + " " + runner.getKey() + "="
                        + (result.isReached() ? "" : ">") + Figures.time(result.nanos()) + " efficiency:"
                        + text(result.points()));
            }
        }
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }

    private static String text(List<Metg.Point> points) {
        StringBuilder text = new StringBuilder();
        for (Metg.Point point : points) {
            text.append(String.format(Locale.ROOT, " %s=%.2f", Figures.time(point.nanos()), point.efficiency()));
        }
        return text.toString();
    }
}
