package io.github.ignitetasks.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The sockets of a process, as Linux lists them. Addresses and ports are in hexadecimal.
 *
 * @param listening the addresses at which the process listens for TCP
 * @param contacted the remote addresses of the TCP connections that the process made
 * @param datagram the local addresses of its UDP sockets, which multicast needs
 */
public record ProcessSockets(Set<String> listening, Set<String> contacted, Set<String> datagram) {
    private static final String LISTEN = "0A";
    private static final Set<String> LOOPBACK =
            Set.of("0100007F", "0000000000000000FFFF00000100007F", "00000000000000000000000001000000");

    /** Returns the current sockets of a process. */
    public static ProcessSockets of(long pid) {
        List<Socket> tcp = Stream.concat(read(pid, "tcp"), read(pid, "tcp6")).toList();
        Set<String> listening = tcp.stream()
                .filter(socket -> socket.state().equals(LISTEN))
                .map(Socket::local)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> contacted = tcp.stream()
                .filter(socket -> !listening.contains(socket.local()))
                .map(Socket::remote)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> datagram = Stream.concat(read(pid, "udp"), read(pid, "udp6"))
                .map(Socket::local)
                .collect(Collectors.toCollection(TreeSet::new));
        return new ProcessSockets(listening, contacted, datagram);
    }

    /** Returns all addresses that are not on the loopback interface. */
    public Set<String> beyondLoopback() {
        return Stream.of(listening, contacted, datagram)
                .flatMap(Set::stream)
                .filter(address -> !LOOPBACK.contains(address.substring(0, address.indexOf(':'))))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Socket> read(long pid, String protocol) {
        Set<String> own = inodes(pid);
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "net", protocol)).stream()
                    .skip(1)
                    .map(row -> row.strip().split("\\s+"))
                    .filter(row -> own.contains(row[9]))
                    .map(row -> new Socket(row[1], row[2], row[3]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                    // the process has closed it since the listing
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inodes;
    }

    private record Socket(String local, String remote, String state) {}
}
