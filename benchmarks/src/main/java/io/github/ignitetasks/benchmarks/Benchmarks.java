package io.github.ignitetasks.benchmarks;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.node.JvmOpens;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;
import picocli.CommandLine;

/**
 * The benchmark program. {@code ratios} measures the rows, {@code metg} the smallest efficient task, and {@code graphs}
 * graphs of tasks against Dask. Other arguments go to JMH. Like JMH, they measure in a JVM of their own. That JVM's heap
 * has its full size from the start, because on some machines getting memory from the system costs more than everything
 * else.
 *
 * <p>The options of these JVMs are internal to the library. The library opens a user's JVM by itself, but the peers do
 * not.
 */
public final class Benchmarks {
    /** The commands that are not JMH's. */
    private static final Map<String, Supplier<Callable<Integer>>> COMMANDS =
            Map.of("ratios", RatiosCommand::new, "metg", MetgCommand::new, "graphs", GraphsCommand::new);

    private static final List<String> STEADY_HEAP = List.of("-Xms3g", "-Xmx3g", "-XX:+AlwaysPreTouch");
    private static final String JMH_JVM_OPTIONS = "-jvmArgsPrepend";

    private Benchmarks() {}

    /** Runs the program, and ends the JVM with its exit code. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> all = Arrays.asList(arguments);
        if (!all.isEmpty() && COMMANDS.containsKey(all.get(0))) {
            System.exit(isHeapSteady() ? run(all) : inJvmOfSteadyHeap(all));
        }
        Main.main(all.contains(JMH_JVM_OPTIONS) ? arguments : openingJvms(all));
    }

    private static int run(List<String> arguments) {
        return new CommandLine(requireNonNull(COMMANDS.get(arguments.get(0))).get())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments.stream().skip(1).toArray(String[]::new));
    }

    private static boolean isHeapSteady() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().containsAll(STEADY_HEAP);
    }

    /** Runs this program again in a JVM with a fixed heap, and returns its exit code. */
    private static int inJvmOfSteadyHeap(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(STEADY_HEAP);
        command.addAll(JvmOpens.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Benchmarks.class.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly)); // must not outlive this JVM
        return process.waitFor();
    }

    /** Adds the options that open JMH's JVMs to Ignite. The manifest opens only this JVM. */
    private static String[] openingJvms(List<String> arguments) {
        return Stream.concat(Stream.of(JMH_JVM_OPTIONS, String.join(" ", JvmOpens.options())), arguments.stream())
                .toArray(String[]::new);
    }
}
