package io.github.ignitetasks.benchmarks;

import io.github.ignitetasks.cluster.JvmOpens;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.Main;
import picocli.CommandLine;

/** The program: {@code ratios}, with its options, or else JMH with its own. */
public final class Benchmarks {
    private static final String RATIOS = "ratios";
    private static final String JMH_JVM_OPTIONS = "-jvmArgsPrepend";

    private Benchmarks() {}

    /** Runs the program, and ends the JVM with its exit code. */
    public static void main(String[] arguments) throws IOException {
        List<String> all = Arrays.asList(arguments);
        if (!all.isEmpty() && all.get(0).equals(RATIOS)) {
            String[] own = all.stream().skip(1).toArray(String[]::new);
            System.exit(new CommandLine(new RatiosCommand()).execute(own));
        }
        Main.main(all.contains(JMH_JVM_OPTIONS) ? arguments : openingJvms(all));
    }

    /** Adds what opens the JVMs that JMH starts to Ignite: the manifest does that for this JVM alone. */
    private static String[] openingJvms(List<String> arguments) {
        return Stream.concat(Stream.of(JMH_JVM_OPTIONS, String.join(" ", JvmOpens.options())), arguments.stream())
                .toArray(String[]::new);
    }
}
