package io.github.ignitetasks.chaos;

import io.github.ignitetasks.support.ChildJvm;
import java.nio.file.Path;

/** A process that runs {@link SubmitterMain}. */
final class Submitter implements AutoCloseable {
    private final ChildJvm jvm;
    private final Path folder;

    private Submitter(ChildJvm jvm, Path folder) {
        this.jvm = jvm;
        this.folder = folder;
    }

    /**
     * Starts the submitter with this number, 0 or 1. {@code beginning} is the nano time at which the run began, and
     * {@code paceMillis} the time between two groups.
     */
    static Submitter start(Path folder, long seed, int number, String addresses, long beginning, long paceMillis) {
        ChildJvm jvm = ChildJvm.start(
                SubmitterMain.class,
                folder.toString(),
                Long.toString(seed),
                Integer.toString(number),
                addresses,
                Long.toString(beginning),
                Long.toString(paceMillis));
        return new Submitter(jvm, folder);
    }

    void awaitStarted() {
        jvm.awaitLine("started");
    }

    long pid() {
        return jvm.pid();
    }

    /** Tells the process to end once it has reached this number of groups. */
    void endAfter(int fewestGroups) {
        jvm.writeLine(Integer.toString(fewestGroups));
    }

    /** Waits until the process has ended, and returns the number of groups that it has reached. */
    int awaitEnd() {
        int groups = Integer.parseInt(jvm.awaitLine("ended "));
        jvm.awaitExit();
        return groups;
    }

    /** Kills the process if it has not ended, and writes its output to a file. */
    @Override
    public void close() {
        jvm.close();
        jvm.writeOutput(folder.resolve("submitter-" + pid() + ".log"));
    }

    @Override
    public String toString() {
        return "submitter " + pid();
    }
}
