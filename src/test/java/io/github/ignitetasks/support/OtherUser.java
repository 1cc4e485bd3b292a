package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The user {@code nobody} of this machine. Only root can act as another user. */
public final class OtherUser {
    private static final int ID = 65_534;

    private OtherUser() {}

    /** Returns whether the current user is root, and so can act as another user. */
    public static boolean isPossible() {
        try {
            return Files.isDirectory(Path.of("/proc/self"))
                    && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives a file or folder to that user. */
    public static void own(Path path) {
        try {
            Files.setAttribute(path, "unix:uid", ID, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command as that user, and returns its output, errors included. */
    public static String run(String... command) {
        List<String> all =
                new ArrayList<>(List.of("/usr/bin/setpriv", "--reuid=" + ID, "--regid=" + ID, "--clear-groups"));
        all.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
