package io.github.ignitetasks.chaos;

import io.github.ignitetasks.support.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server node in a process of its own, see {@link WorkerMain}. */
final class Worker implements AutoCloseable {
    private final ChildJvm jvm;
    private final Path folder;
    private final int port;

    private Worker(ChildJvm jvm, Path folder, int port) {
        this.jvm = jvm;
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a process with these JVM options. Its node uses {@code port}, and looks for its grid at all {@code ports}.
     */
    static Worker start(List<String> options, Path folder, int failureMillis, int port, List<Integer> ports) {
        List<String> all = new ArrayList<>(options);
        all.add("@" + System.getProperty("jvm.opens.file"));
        List<String> arguments = new ArrayList<>();
        arguments.add(folder.resolve("worker-" + port + "-" + System.nanoTime()).toString());
        arguments.add(Integer.toString(failureMillis));
        arguments.add(Integer.toString(port));
        ports.forEach(each -> arguments.add(Integer.toString(each)));
        return new Worker(ChildJvm.start(all, WorkerMain.class, arguments.toArray(String[]::new)), folder, port);
    }

    void awaitJoined() {
        jvm.awaitLine("joined ");
    }

    int port() {
        return port;
    }

    long pid() {
        return jvm.pid();
    }

    /** Returns the number of servers, the topology version and the state of the partitions, as the node sees them. */
    String view() {
        jvm.writeLine(WorkerMain.TELL);
        return jvm.awaitLine("grid ");
    }

    void kill() {
        jvm.kill();
    }

    /** Stops the process. Its connections stay open, like those of a machine that hangs. */
    void hang() {
        jvm.signal("STOP");
    }

    /** Lets the process go on. */
    void wake() {
        jvm.signal("CONT");
    }

    /** Tells the node to leave gracefully. */
    void retire() {
        jvm.writeLine(WorkerMain.RETIRE);
    }

    /** Waits for the end of the process, and returns its exit code. */
    int awaitExit() {
        return jvm.awaitExit();
    }

    @Override
    public void close() {
        jvm.close();
        jvm.writeOutput(folder.resolve("worker-" + pid() + ".log"));
    }

    @Override
    public String toString() {
        return "worker " + pid();
    }
}
