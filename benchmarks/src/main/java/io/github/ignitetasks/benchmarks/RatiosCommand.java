package io.github.ignitetasks.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Line;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target.Verdict;
import io.github.ignitetasks.benchmarks.report.ResultTable;
import io.github.ignitetasks.benchmarks.rows.Rows;
import io.github.ignitetasks.benchmarks.rows.ThroughputPlot;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
        exitCodeList = {"0:every row has what it must", "1:a row has not", "2:an option is not right"})
final class RatiosCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RatiosCommand.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            defaultValue = "",
            description = "Measures only rows in whose names this regular expression is found.")
    private Pattern pattern = Pattern.compile("");

    @Option(
            names = "--write",
            paramLabel = "FILE",
            description = "Also writes the table of results in this document anew.")
    private @Nullable Path document;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Also measures throughput by tasks and by processes, and draws it to this file, as SVG.")
    private @Nullable Path plot;

    @Override
    public Integer call() throws Exception {
        if (document != null && !pattern.pattern().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--write cannot be combined with PATTERN: the table has all rows");
        }
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        List<Line> lines = new ArrayList<>();
        try (Testbeds testbeds = new Testbeds()) {
            for (Row row : Rows.all()) {
                if (pattern.matcher(row.name()).find()) {
                    Line line = measure(row, testbeds);
                    out.println(line);
                    lines.add(line);
                }
            }
            if (plot != null) {
                ThroughputPlot.write(plot, testbeds);
            }
        }
        if (document != null) {
            ResultTable.write(document, lines);
        }
        return lines.stream().allMatch(line -> line.verdict() != Verdict.MISSED) ? 0 : 1;
    }

    /** Measures a row; one that cannot be measured does not keep the others from it. */
    private static Line measure(Row row, Testbeds testbeds) {
        long start = System.nanoTime();
        Answer answer;
        try {
            answer = row.measure(testbeds);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        } catch (Exception e) {
            LOG.error("{} could not be measured", row.name(), e);
            testbeds.close();
            answer = Answer.none(e.toString());
        }
        LOG.info("{} took {} s", row.name(), (System.nanoTime() - start) / 1_000_000_000);
        return new Line(row.name(), row.target(), answer);
    }
}
