package io.github.ignitetasks.examples;

import io.github.ignitetasks.TaskRunner;
import io.github.ignitetasks.cluster.Tls;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import io.github.ignitetasks.ignite.IgniteTaskRunnerBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs an example. The first argument is its name; the others are the example's own. */
final class Examples {
    private static final int USAGE_ERROR = 2;

    private static final Map<String, Example> BY_NAME = new TreeMap<>(Map.of(
            "count-to", CountTo::run,
            "jar-census", JarCensus::run,
            "log-etl", LogEtl::run,
            "monte-carlo", MonteCarlo::run,
            "nightly", Nightly::run,
            "word-index", WordIndex::run));

    private static final Path TARGET = Path.of("target");

    private Examples() {}

    public static void main(String[] args) {
        System.exit(run(List.of(args)));
    }

    /** Runs an example and returns the exit code. */
    static int run(List<String> args) {
        String name = args.isEmpty() ? "" : args.get(0);
        try {
            return find(name).run(args.subList(1, args.size()), taskRunner(name));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return USAGE_ERROR;
        }
    }

    /**
     * Returns the example of this name.
     *
     * @throws IllegalArgumentException if there is no such example; the message lists all names
     */
    static Example find(String name) {
        Example example = BY_NAME.get(name);
        if (example == null) {
            throw new IllegalArgumentException(
                    "no example '" + name + "'; there are " + String.join(", ", BY_NAME.keySet()));
        }
        return example;
    }

    /**
     * Returns the runner of an example. Its dashboard shows the run. In a checkout, a report of the run stays in the folder
     * {@code target}. The environment may give the addresses of a grid, and its TLS.
     */
    private static TaskRunner taskRunner(String example) {
        IgniteTaskRunnerBuilder runner = IgniteTaskRunner.builder().dashboard();
        if (Files.isDirectory(TARGET)) {
            runner.report(TARGET.resolve(example + ".html"));
        }
        String addresses = System.getenv("IGNITE_TASKS_ADDRESSES");
        return addresses == null
                ? runner.build()
                : runner.address(addresses).tls(Tls.ofEnvironment()).build();
    }

    /** An example program. */
    @FunctionalInterface
    interface Example {
        /**
         * Runs the program and returns its exit code.
         *
         * @throws IllegalArgumentException if an argument is invalid; the message says what to give
         */
        int run(List<String> args, TaskRunner taskRunner);
    }
}
