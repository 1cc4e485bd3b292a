package io.github.ignitetasks.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Another user of this machine, who has nothing of this one. Where this one may not run processes as others, as only
 * {@code root} may, that user's processes run as this one, and know no more than the other's would.
 */
public final class Stranger {
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    private final List<String> command;

    private Stranger(List<String> command) {
        this.command = command;
    }

    /** Returns the other user, who can read what is in this folder, and write there. */
    public static Stranger withAccessTo(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        List<String> attempt = new ArrayList<>(AS_NOBODY);
        attempt.addAll(List.of("test", "-w", folder.toString()));
        return new Stranger(succeeds(attempt) ? AS_NOBODY : List.of());
    }

    /** Returns whether that is really another one. */
    public boolean isAnother() {
        return !command.isEmpty();
    }

    /** Starts a JVM of that user. */
    public ChildJvm start(List<String> arguments) {
        List<String> all = new ArrayList<>(List.of("-XX:-UsePerfData")); // its file would be left
        all.addAll(arguments);
        return ChildJvm.startBy(command, all);
    }

    private static boolean succeeds(List<String> attempt) {
        try {
            return new ProcessBuilder(attempt).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command here
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
