package io.github.ignitetasks.internal.web;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of a server.
 *
 * @param port the port to listen on; 0 for any free port
 * @param address the name or the IP address of the network interface to listen on
 * @param allowedHosts the further hosts that requests may name, each with its port unless that is the default port
 */
public record ServerSettings(int port, String address, Set<String> allowedHosts) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int MAX_PORT = 65_535;
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?");

    /** Checks the values, and copies the set. */
    public ServerSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("port must be from 1 to " + MAX_PORT + ", but is " + port
                    + "; leave it out for a port that is free");
        }
        if (requireNonNull(address, "address").isBlank()) {
            throw new IllegalArgumentException("address must not be blank; leave it out to listen on " + LOOPBACK);
        }
        allowedHosts = Set.copyOf(allowedHosts);
    }

    /** Returns the settings of a server that listens on a free port of the loopback interface. */
    public static ServerSettings standard() {
        return new ServerSettings(0, LOOPBACK, Set.of());
    }

    /** Returns these settings with another port. */
    public ServerSettings withPort(int port) {
        return new ServerSettings(port, address, allowedHosts);
    }

    /** Returns these settings with another address. */
    public ServerSettings withAddress(String address) {
        return new ServerSettings(port, address, allowedHosts);
    }

    /**
     * Returns these settings with one more host that requests may name.
     *
     * @throws IllegalArgumentException if it is no host, or has more than a host and a port
     */
    public ServerSettings withAllowedHost(String host) {
        if (!HOST.matcher(requireNonNull(host, "host")).matches()) {
            throw new IllegalArgumentException(
                    "allowedHost must be a host as in tasks.example.com, or a host and a port"
                            + " as in tasks.example.com:8443, but is '" + host + "'");
        }
        Set<String> more = new LinkedHashSet<>(allowedHosts);
        more.add(host);
        return new ServerSettings(port, address, more);
    }
}
