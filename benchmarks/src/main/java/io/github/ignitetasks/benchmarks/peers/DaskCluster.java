package io.github.ignitetasks.benchmarks.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Dask cluster on this machine, and the Python script that submits tasks to it. Not thread-safe. */
public final class DaskCluster implements AutoCloseable {
    /** The reason why there is no result without Dask. */
    public static final String MISSING = "Debian's python3-distributed is not installed";

    /** The Python programs to try. The first is Debian's, which finds the package python3-distributed. */
    private static final List<String> PYTHONS = List.of("/usr/bin/python3", "python3");

    private static final String SCRIPT = "dask_peer.py";
    private static final String TASKS = "dask_tasks.py";
    private static final String FAILED = "failed: ";

    private final Path scripts;
    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;

    private DaskCluster(Path scripts, Process process) {
        this.scripts = scripts;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.questions = new OutputStreamWriter(process.getOutputStream(), UTF_8);
    }

    /**
     * Starts a number of worker processes, each with a number of threads. Returns empty if no Python on this machine has
     * Dask.
     */
    public static Optional<DaskCluster> start(int workers, int threads) throws IOException, InterruptedException {
        for (String python : PYTHONS) {
            if (hasDask(python)) {
                Path scripts = copyScripts();
                ProcessBuilder builder = new ProcessBuilder(
                        python, scripts.resolve(SCRIPT).toString(), String.valueOf(workers), String.valueOf(threads));
                builder.environment().put("PYTHONDONTWRITEBYTECODE", "1"); // leaves only the scripts to delete
                return Optional.of(new DaskCluster(
                        scripts, builder.redirectError(Redirect.DISCARD).start()));
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

    /** Copies the scripts from the jar to files, because Dask's workers import them too. */
    private static Path copyScripts() throws IOException {
        Path directory = Files.createTempDirectory("dask");
        for (String script : List.of(SCRIPT, TASKS)) {
            try (InputStream content = DaskCluster.class.getResourceAsStream(script)) {
                if (content == null) {
                    throw new IllegalStateException(script + " is missing from the jar");
                }
                Files.copy(content, directory.resolve(script));
            }
        }
        return directory;
    }

    /** Asks the script a question with arguments that have no blanks, and returns the seconds that it measured. */
    public double seconds(String question, Object... arguments) throws IOException {
        questions.write(Stream.concat(Stream.of(question), Stream.of(arguments).map(String::valueOf))
                        .collect(Collectors.joining(" "))
                + "\n");
        questions.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the script has ended by itself");
        }
        if (answer.startsWith(FAILED)) {
            throw new IOException("Dask could not answer " + question + ": " + answer.substring(FAILED.length()));
        }
        return Double.parseDouble(answer);
    }

    @Override
    public void close() throws IOException {
        questions.close(); // this ends the script
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        for (String script : List.of(SCRIPT, TASKS)) {
            Files.deleteIfExists(scripts.resolve(script));
        }
        Files.deleteIfExists(scripts);
    }
}
