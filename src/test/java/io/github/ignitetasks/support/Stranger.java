package io.github.ignitetasks.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Another user of this machine, who has no secrets of the current user. Only {@code root} can run processes as another
 * user. Otherwise the processes run as the current user, but get no more information than the other user has.
 */
public final class Stranger {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private final List<String> command;

    private Stranger(List<String> command) {
        this.command = command;
    }

    /** Returns the other user, after letting all users read and write this folder. */
    public static Stranger withAccessTo(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> attempt = new ArrayList<>(AS_NOBODY);
        attempt.addAll(List.of("test", "-w", folder.toString()));
        return new Stranger(succeeds(attempt) ? AS_NOBODY : List.of());
    }

    /** Returns whether the processes run as another user. */
    public boolean isAnother() {
        return !command.isEmpty();
    }

    /** Starts a JVM of that user. */
    public ChildJvm start(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-XX:-UsePerfData")); // the file of this data would be left
        all.addAll(arguments);
        return ChildJvm.startBy(command, all);
    }

    private static boolean succeeds(List<String> attempt) {
        try {
            return new ProcessBuilder(attempt).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // the command does not exist here
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
