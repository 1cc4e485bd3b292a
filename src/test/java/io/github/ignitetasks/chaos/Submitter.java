package io.github.ignitetasks.chaos;

import io.github.ignitetasks.support.ChildJvm;
import java.nio.file.Path;

/** A process that submits, see {@link SubmitterMain}. */
final class Submitter implements AutoCloseable {
    private final ChildJvm jvm;
    private final Path folder;

    private Submitter(ChildJvm jvm, Path folder) {
        this.jvm = jvm;
        this.folder = folder;
    }

    /** Starts a process that submits what the submitter of that number does, of a run that began then, at that pace. */
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

    /** Lets it end once it has submitted so many groups. */
    void endAfter(int fewestGroups) {
        jvm.writeLine(Integer.toString(fewestGroups));
    }

    /** Waits until it has ended, as all its futures have or for too long have not; returns how many groups there were. */
    int awaitEnd() {
        int groups = Integer.parseInt(jvm.awaitLine("ended "));
        jvm.awaitExit();
        return groups;
    }

    /** Kills it, if it has not ended. */
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
