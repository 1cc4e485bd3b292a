package io.github.ignitetasks.internal.web;

import static java.util.Comparator.comparing;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The hosts that requests may name, as a browser writes them in the headers {@code Host} and {@code Origin}. A page of
 * somebody else whose name leads to this server names its own host, and is refused. Immutable, safe to share.
 *
 * @param hosts the hosts, in lower case
 * @param origins the origins of their pages
 */
record HostNames(Set<String> hosts, Set<String> origins) {
    private static final int DEFAULT_PORT = 80;

    HostNames {
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /** Returns the hosts of a server that listens on this address. */
    static HostNames of(ServerSettings settings, InetSocketAddress listening) {
        Set<String> hosts = new HashSet<>();
        InetAddress address = listening.getAddress();
        namesOf(address).forEach(name -> hosts.addAll(withPort(name, listening.getPort())));
        if (!isLiteral(settings.address())) {
            hosts.addAll(withPort(settings.address().toLowerCase(Locale.ROOT), listening.getPort()));
        }
        Set<String> origins = new HashSet<>();
        hosts.forEach(host -> origins.add("http://" + host));
        for (String allowed : settings.allowedHosts()) {
            String host = canonical(allowed).orElse(allowed);
            hosts.add(host);
            origins.add("http://" + host);
            origins.add("https://" + host);
        }
        return new HostNames(hosts, origins);
    }

    /** Returns whether a request may name this host. */
    boolean allowsHost(String host) {
        return canonical(host).filter(hosts::contains).isPresent();
    }

    /** Returns whether a request may come from a page of this origin. */
    boolean allowsOrigin(String origin) {
        int end = origin.indexOf("://");
        return end > 0
                && canonical(origin.substring(end + 3))
                        .map(host -> origin.substring(0, end).toLowerCase(Locale.ROOT) + "://" + host)
                        .filter(origins::contains)
                        .isPresent();
    }

    /** Returns a name of an address that works in a link; of all addresses, one that other machines reach. */
    static String linkName(InetAddress address) {
        return address.isAnyLocalAddress()
                ? ownAddresses()
                        .filter(own -> !own.isLoopbackAddress() && !own.isLinkLocalAddress())
                        .min(comparing(own -> own instanceof Inet6Address))
                        .map(HostNames::literal)
                        .orElse("127.0.0.1")
                : literal(address);
    }

    private static Stream<String> namesOf(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return Stream.concat(Stream.of("localhost"), ownAddresses().map(HostNames::literal));
        }
        return address.isLoopbackAddress() ? Stream.of("localhost", literal(address)) : Stream.of(literal(address));
    }

    private static Stream<InetAddress> ownAddresses() {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).toList().stream();
        } catch (SocketException e) {
            return Stream.of(InetAddress.getLoopbackAddress());
        }
    }

    private static List<String> withPort(String name, int port) {
        return port == DEFAULT_PORT ? List.of(name, name + ":" + port) : List.of(name + ":" + port);
    }

    private static boolean isLiteral(String address) {
        return address.indexOf(':') >= 0 || address.matches("[0-9.]+");
    }

    /** Returns a host in lower case, and an IPv6 address in one spelling; empty if it is malformed. */
    private static Optional<String> canonical(String host) {
        int end = host.indexOf(']');
        if (!host.startsWith("[")) {
            return Optional.of(host.toLowerCase(Locale.ROOT));
        }
        if (end < 0 || !host.substring(1, end).matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(literal(InetAddress.getByName(host.substring(1, end))) + host.substring(end + 1));
        } catch (UnknownHostException e) { // not looked up: a text with a colon is an address or an error
            return Optional.empty();
        }
    }

    private static String literal(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        String plain = scope < 0 ? text : text.substring(0, scope);
        return address instanceof Inet6Address ? "[" + plain + "]" : plain;
    }
}
