package io.github.ignitetasks.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.internal.node.NodePlan;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.ignite.Ignite;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node in a child JVM. The output of the child goes to this JVM's log. */
final class ChildNode implements LocalNode {
    private static final Logger LOG = LoggerFactory.getLogger(ChildNode.class);
    private static final int LAST_LINES = 30;
    private static final Duration LAST_LINES_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration RETIRE_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

    /** How long to wait for the end of the output. A process that a task has started may hold the output open. */
    private static final long OUTPUT_TIMEOUT_SECONDS = 2;

    private final Process process;
    private final String address;
    private final Thread reader;
    private final Deque<String> lastLines = new ArrayDeque<>(); // guarded by itself
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> drained = new CompletableFuture<>();
    private final CompletableFuture<Void> ended;

    /** Wraps a JVM that was just started, and calls {@code onEnd} when it has ended. */
    ChildNode(Process process, NodePlan plan, Consumer<LocalNode> onEnd) {
        this.process = process;
        this.address = plan.address();
        this.reader = new Thread(this::read, "ignite-tasks-output-" + address);
        reader.setDaemon(true);
        reader.start();
        this.ended = process.onExit()
                .thenAcceptAsync(this::onExit, ChildNode::onOwnThread)
                .whenComplete((nothing, problem) -> {
                    plan.work().close();
                    onEnd.accept(this);
                });
        write(plan.settings().tls().toLine());
    }

    private static void onOwnThread(Runnable task) {
        Thread thread = new Thread(task, "ignite-tasks-end");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Optional<Ignite> ignite() {
        return Optional.empty();
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns whether the JVM has ended with exit code 0, and was not killed. */
    boolean hasEndedWell() {
        return !process.isAlive() && process.exitValue() == 0;
    }

    /**
     * Returns a future that completes when the node has joined. It fails with a {@link NodeStartException} if the JVM
     * ends before.
     */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** Returns a future that completes when the JVM has ended and its output has been read. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    @Override
    public void retire() {
        write(NodeMain.RETIRE);
        try {
            drained.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "interrupted while node " + address + " ends the calls that it runs; after these it ends by itself",
                    e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing lets the wait for node " + address + " fail", e);
        }
        if (!awaitEnd(RETIRE_TIMEOUT)) {
            LOG.warn("node {} was not retired within {}; it is ended", address, RETIRE_TIMEOUT);
            end(KILL_TIMEOUT);
        }
    }

    /** Makes the JVM write a class-data archive to this file and then exit. */
    void writeArchive(Path draft) {
        write(NodeMain.ARCHIVE + draft);
    }

    /** Makes the JVM exit at once. */
    void halt() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("node {} has ended by itself", address, e);
        }
    }

    /** Waits for the end of the JVM, and kills it after the timeout. */
    void end(Duration timeout) {
        if (!awaitEnd(timeout)) {
            LOG.warn("node {} did not end within {}; it is killed", address, timeout);
            process.destroyForcibly();
            if (!awaitEnd(KILL_TIMEOUT)) {
                LOG.error("node {}, process {}, cannot be killed", address, process.pid());
            }
        }
    }

    private boolean awaitEnd(Duration timeout) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                try {
                    boolean exited = process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    if (exited) {
                        ended.copy()
                                .completeOnTimeout(null, OUTPUT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                                .join();
                    }
                    return exited;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void write(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(UTF_8));
            input.flush();
        } catch (IOException e) {
            LOG.debug("node {} has ended by itself", address, e);
        }
    }

    private void read() {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            output.lines().forEach(this::onLine);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("the output of node {} ends", address, e);
        }
    }

    private void onLine(String line) {
        if (line.equals(NodeMain.READY)) {
            ready.complete(null);
            return;
        }
        if (line.equals(NodeMain.DRAINED)) {
            drained.complete(null);
            return;
        }
        LOG.info("{}: {}", address, line);
        if (!ready.isDone()) {
            synchronized (lastLines) {
                lastLines.add(line);
                if (lastLines.size() > LAST_LINES) {
                    lastLines.remove();
                }
            }
        }
    }

    private void onExit(Process ended) {
        drained.complete(null);
        try {
            reader.join(LAST_LINES_TIMEOUT.toMillis()); // longer only if a process of a task holds the output open
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts this thread", e);
        }
        synchronized (lastLines) {
            ready.completeExceptionally(new NodeStartException(address, ended.exitValue(), lastLines));
            lastLines.clear();
        }
    }

    /** An exception for a JVM that ended before its node had joined. */
    static final class NodeStartException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        private final int exitCode;

        NodeStartException(String address, int exitCode, Deque<String> lastLines) {
            super("the JVM of node " + address + " ended with exit code " + exitCode + " before the node was ready"
                    + (lastLines.isEmpty() ? ", and printed nothing" : ":\n" + String.join("\n", lastLines)));
            this.exitCode = exitCode;
        }

        boolean isPortTaken() {
            return exitCode == NodeMain.PORT_TAKEN;
        }
    }
}
