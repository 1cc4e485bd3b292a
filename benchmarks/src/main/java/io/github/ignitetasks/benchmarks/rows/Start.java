package io.github.ignitetasks.benchmarks.rows;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.benchmarks.measure.Answer;
import io.github.ignitetasks.benchmarks.measure.Figures;
import io.github.ignitetasks.benchmarks.measure.Pairs;
import io.github.ignitetasks.benchmarks.measure.Row;
import io.github.ignitetasks.benchmarks.measure.Target;
import io.github.ignitetasks.benchmarks.testbed.Testbeds;
import io.github.ignitetasks.internal.node.JvmOpens;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long does a new JVM take to start a node and to get the result of its first task? The peer is Ignite alone. */
record Start(String name, Target target) implements Row {
    private static final Duration MEASURE = Duration.ofSeconds(15);

    @Override
    public Answer measure(Testbeds testbeds) throws Exception {
        testbeds.close(); // leaves the machine to the new JVMs
        Pairs pairs = Pairs.measure(
                MEASURE, () -> nanos(FirstResult.OfRunner.class), () -> nanos(FirstResult.OfIgnite.class));
        return Answer.of(pairs, Figures::time);
    }

    private static double nanos(Class<?> program) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JvmOpens.options()); // the peer needs these internal options too
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (answer.isEmpty()) {
            throw new IOException(program.getName() + " ended without a result");
        }
        return Double.parseDouble(answer);
    }
}
