package io.github.ignitetasks.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.benchmarks.measure.Group;
import io.github.ignitetasks.benchmarks.measure.Line;
import io.github.ignitetasks.benchmarks.measure.Target.Verdict;
import io.github.ignitetasks.benchmarks.report.ResultTable;
import io.github.ignitetasks.benchmarks.rows.Rows;
import io.github.ignitetasks.benchmarks.rows.ThroughputPlot;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the rows of the table of results, and prints each as a line. */
@Command(
        name = "ratios",
        description = "Measures the library and its peers, in turn in one run, and prints a line for each row.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every row reaches its must", "1:a row misses it, or has no result", "2:an option is invalid"
        })
final class RatiosCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Measures only the rows whose names match this regular expression.")
    private Pattern pattern = Pattern.compile("");

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Also replaces the table of results in this document.")
    private @Nullable Path document;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Also measures throughput by tasks and by processes, and draws them to this PNG file.")
    private @Nullable Path plot;

    @Override
    public Integer call() throws Exception {
        if (document != null && !pattern.pattern().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--write cannot be combined with PATTERN: the table has all rows");
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        List<Line> lines = new ArrayList<>();
        Measuring measuring = new Measuring(LIMIT);
        for (Group group : Rows.groups()) {
            for (Line line : measuring.lines(group.matching(pattern))) {
                out.println(line);
                lines.add(line);
            }
        }
        measuring.close();
        if (document != null) {
            ResultTable.write(document, lines);
        }
        if (plot != null) {
            ThroughputPlot.write(plot);
        }
        return lines.stream().allMatch(line -> line.verdict() != Verdict.MISSED) ? 0 : 1;
    }
}
