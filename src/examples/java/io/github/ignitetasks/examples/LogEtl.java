package io.github.ignitetasks.examples;

import io.github.ignitetasks.MappedFutures;
import io.github.ignitetasks.Retries;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.flow.FlowRun;
import io.github.ignitetasks.flow.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Adds up web server logs in the common log format: {@code log-etl DIR}. Each task reads one file; further tasks merge
 * what they found, eight at a time. Files that cannot be read are listed, and do not spoil the rest.
 */
final class LogEtl {
    private static final int FAN_IN = 8;

    static final Task<String, LogSummary> PARSE = Task.named("parse")
            .retries(Retries.exponential(3, Duration.ofMillis(100)).jitter(0.2).onlyOn(IOException.class))
            .body((String file) -> LogSummary.ofFile(Path.of(file)))
            .withRunName(file -> "parse " + Path.of(file).getFileName());

    static final Task<List<LogSummary>, LogSummary> MERGE = Task.named("merge").body(LogSummary::merge);

    static final Flow<List<String>, Outcome> LOG_ETL = Flow.named("log-etl").body(LogEtl::addUp);

    /**
     * The result of the flow.
     *
     * @param total what the readable files have in total
     * @param failed why other files were not read, by file
     */
    record Outcome(LogSummary total, Map<String, String> failed) {}

    private LogEtl() {}

    private static Outcome addUp(FlowRun run, List<String> files) {
        MappedFutures<String, LogSummary> parsed = run.map(PARSE, files);
        Map<String, String> failed = new TreeMap<>();
        for (TaskFuture<LogSummary> each : parsed.asCompleted()) {
            each.state()
                    .flatMap(state -> state.failure())
                    .ifPresent(failure -> failed.put(parsed.argumentOf(each), failure.toString()));
        }
        List<TaskFuture<LogSummary>> read = parsed.completed();
        return new Outcome(
                read.isEmpty()
                        ? LogSummary.empty()
                        : run.reduce(read, FAN_IN, MERGE).result(),
                failed);
    }

    /** Runs the example and returns its exit code: 0 if all files could be read. */
    static int run(List<String> args, TaskRunner taskRunner) {
        if (args.isEmpty()) {
            throw new IllegalArgumentException("give a directory that holds access logs: log-etl DIR");
        }
        FlowReport<Outcome> report = LOG_ETL.withTaskRunner(taskRunner).runReport(filesIn(Path.of(args.get(0))));
        System.out.println(
                report.state().isCompleted() ? report.result().total().table() : report.describe());
        report.state().result().failed().forEach((file, reason) -> System.out.println(file + ": " + reason));
        return report.result().failed().isEmpty() ? 0 : 1;
    }

    private static List<String> filesIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("'" + directory + "' is no directory; give one that holds access logs");
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
