package io.github.ignitetasks.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.benchmarks.graphs.GraphRows;
import io.github.ignitetasks.benchmarks.measure.Group;
import io.github.ignitetasks.benchmarks.measure.Line;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target.Verdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Measures graphs of tasks on the library and on Dask, and prints each as a line. */
@Command(
        name = "graphs",
        description = "Measures graphs of tasks on the library and on Dask, in turn in one run.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every graph reaches its must", "1:a graph misses it, or has no result"})
final class GraphsCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(15);

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Measures only the graphs whose names match this regular expression.")
    private Pattern pattern = Pattern.compile("");

    @Override
    public Integer call() throws Exception {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        boolean reached = true;
        Measuring measuring = new Measuring(LIMIT);
        for (Row row : GraphRows.all()) {
            for (Line line : measuring.lines(new Group(List.of(row), false).matching(pattern))) {
                out.println(line);
                reached &= line.verdict() != Verdict.MISSED;
            }
        }
        measuring.close();
        return reached ? 0 : 1;
    }
}
