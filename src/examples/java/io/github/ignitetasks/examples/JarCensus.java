package io.github.ignitetasks.examples;

import io.github.ignitetasks.FutureList;
import io.github.ignitetasks.MappedFutures;
import io.github.ignitetasks.State;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.flow.Flow;
import io.github.ignitetasks.flow.FlowReport;
import io.github.ignitetasks.flow.FlowRun;
import io.github.ignitetasks.flow.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Counts the classes in all jars under a directory by the Java version that they need: {@code jar-census [DIR]}. The
 * default is the local Maven repository. Each task reads one jar. A last task adds up the counts of the completed
 * tasks.
 */
final class JarCensus {
    static final Task<String, ClassCounts> COUNT_CLASSES =
            Task.named("count-classes").body(ClassCounts::ofJar);

    static final Task<List<ClassCounts>, ClassCounts> SUM = Task.named("sum").body(ClassCounts::sum);

    /** Takes the paths of jars, and returns the census of their classes. */
    static final Flow<List<String>, Census> CENSUS = Flow.named("jar-census").body(JarCensus::census);

    private JarCensus() {}

    /** Runs the example and returns its exit code. The code is 0 even if some jars cannot be read. */
    static int run(List<String> args, TaskRunner taskRunner) {
        Path directory = args.isEmpty() ? localRepository() : Path.of(args.get(0));
        List<String> jars = jarsUnder(directory);
        FlowReport<Census> report = CENSUS.withTaskRunner(taskRunner).runReport(jars);
        if (report.state().isCompleted()) {
            System.out.print(report.result().describe());
        }
        System.out.println(report.describe());
        return report.state().isCompleted() ? 0 : 1;
    }

    /**
     * Returns the paths of the jars under a directory, sorted. The search does not follow links, so it finds each jar
     * once.
     *
     * @throws IllegalArgumentException if the path is not a directory
     */
    static List<String> jarsUnder(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException("'" + directory + "' is no directory; give one that holds jars");
        }
        SortedSet<String> jars = new TreeSet<>();
        try {
            Files.walkFileTree(directory.toRealPath(), new JarVisitor(jars));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(jars);
    }

    private static Path localRepository() {
        String set = System.getProperty("maven.repo.local");
        return set == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : Path.of(set);
    }

    private static Census census(FlowRun run, List<String> jars) {
        MappedFutures<String, ClassCounts> counts = run.map(COUNT_CLASSES, jars);
        FutureList<ClassCounts> completed = counts.completed();
        Map<String, String> failed = new LinkedHashMap<>();
        for (TaskFuture<ClassCounts> each : counts) {
            State<ClassCounts> state = each.await();
            if (!state.isCompleted()) {
                failed.put(counts.argumentOf(each), state.describe());
            }
        }
        return new Census(completed.size(), run.submit(SUM, completed.all()).result(), failed);
    }

    /** Collects jars. Reports and skips files and directories that cannot be read. */
    private static final class JarVisitor extends SimpleFileVisitor<Path> {
        private final Collection<String> jars;

        JarVisitor(Collection<String> jars) {
            this.jars = jars;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && file.toString().endsWith(".jar")) {
                jars.add(file.toString());
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) {
            System.err.println("passed over: " + reason);
            return FileVisitResult.CONTINUE;
        }
    }

    /**
     * The result of the census.
     *
     * @param jars the number of jars that were read
     * @param classes the counts of their classes
     * @param failed the reasons why other jars were not read, by path
     */
    record Census(int jars, ClassCounts classes, Map<String, String> failed) {

        String describe() {
            StringBuilder text = new StringBuilder(classes.table());
            text.append(String.format("%d jars read, %d not%n", jars, failed.size()));
            failed.forEach((jar, reason) -> text.append(String.format("%s: %s%n", jar, reason)));
            return text.toString();
        }
    }
}
