package io.github.ignitetasks.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.benchmarks.measure.Side;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Dask, run by a script in a process of its own. Measures how many tasks a second it runs. */
public final class Dask implements Side, AutoCloseable {
    /** The Python programs to try. The first is Debian's, which finds the package python3-distributed. */
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private static final String SCRIPT = "dask_peer.py";

    private final Process script;
    private final BufferedReader answers;
    private final Writer questions;
    private final int tasks;

    private Dask(Process script, int tasks) {
        this.script = script;
        this.answers = new BufferedReader(new InputStreamReader(script.getInputStream(), UTF_8));
        this.questions = new OutputStreamWriter(script.getOutputStream(), UTF_8);
        this.tasks = tasks;
    }

    /** Starts Dask with a number of tasks to run at a time. Returns empty if no Python on this machine has Dask. */
    public static Optional<Dask> start(int tasks) throws IOException, InterruptedException {
        for (String python : PYTHONS) {
            if (hasDask(python)) {
                Process script = new ProcessBuilder(python, "-c", script())
                        .redirectError(Redirect.DISCARD)
                        .start();
                return Optional.of(new Dask(script, tasks));
            }
        }
        return Optional.empty();
    }

    private static boolean hasDask(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import distributed")
                            .redirectErrorStream(true)
                            .redirectOutput(Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // this Python is not installed
        }
    }

    private static String script() throws IOException {
        try (InputStream script = Dask.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IllegalStateException(SCRIPT + " is missing from the jar");
            }
            return new String(script.readAllBytes(), UTF_8);
        }
    }

    @Override
    public double measure() throws IOException {
        questions.write(tasks + "\n");
        questions.flush();
        String seconds = answers.readLine();
        if (seconds == null) {
            throw new IOException("the script has ended by itself");
        }
        return tasks / Double.parseDouble(seconds);
    }

    @Override
    public void close() throws IOException {
        questions.close(); // this ends the script
        try {
            if (!script.waitFor(10, TimeUnit.SECONDS)) {
                script.destroyForcibly();
            }
        } catch (InterruptedException e) {
            script.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
