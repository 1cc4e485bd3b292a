package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The sockets on which a process listens, as Linux tells them. */
public final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final String LOOPBACK = "0100007F";
    private static final String LOOPBACK_MAPPED = "0000000000000000FFFF00000100007F";
    private static final String LOOPBACK_6 = "00000000000000000000000001000000";

    private ListeningSockets() {}

    /** Returns the hexadecimal addresses with port of those sockets of a process that not only this machine reaches. */
    public static Set<String> beyondLoopback(long pid) {
        Set<String> addresses = of(pid);
        addresses.removeIf(address ->
                Set.of(LOOPBACK, LOOPBACK_MAPPED, LOOPBACK_6).contains(address.substring(0, address.indexOf(':'))));
        return addresses;
    }

    /** Returns the hexadecimal addresses with port on which a process listens for TCP, and all its UDP sockets. */
    public static Set<String> of(long pid) {
        Set<String> inodes = inodes(pid);
        Set<String> addresses = new TreeSet<>();
        for (String protocol : List.of("tcp", "tcp6", "udp", "udp6")) {
            Path table = Path.of("/proc", Long.toString(pid), "net", protocol);
            try (Stream<String> rows = Files.lines(table)) {
                rows.skip(1).map(row -> row.strip().split("\\s+")).forEach(row -> {
                    boolean listens = protocol.startsWith("udp") || row[3].equals(LISTEN);
                    if (listens && inodes.contains(row[9])) {
                        addresses.add(row[1]);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return addresses;
    }

    private static Set<String> inodes(long pid) {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            descriptors.forEach(descriptor -> {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:[")) {
                        inodes.add(target.substring("socket:[".length(), target.length() - 1));
                    }
                } catch (IOException e) {
                    // closed since the folder was listed: it does not listen
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inodes;
    }
}
