package io.github.ignitetasks.internal.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ignite.IgniteSystemProperties;

/**
 * Ignite settings that a JVM inherits from its environment or from system properties. They change every node in the JVM
 * and override the configuration of the node.
 */
public final class InheritedSettings {
    private static final String LOCAL_HOST = IgniteSystemProperties.IGNITE_LOCAL_HOST;

    /** The addresses that stand for all interfaces. */
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /**
     * The settings to remove. Each changes the addresses, client mode, id or class loading of a node, or opens a
     * console.
     */
    private static final List<String> UNWANTED = List.of(
            LOCAL_HOST,
            IgniteSystemProperties.IGNITE_CACHE_CLIENT,
            IgniteSystemProperties.IGNITE_OVERRIDE_CONSISTENT_ID,
            IgniteSystemProperties.IGNITE_DEP_MODE_OVERRIDE,
            IgniteSystemProperties.IGNITE_TCP_DISCOVERY_ADDRESSES,
            "IGNITE_H2_DEBUG_CONSOLE");

    private InheritedSettings() {}

    /** Removes from the environment of a child JVM the settings that its node must not inherit. */
    public static void removeFrom(Map<String, String> environment) {
        environment.keySet().removeAll(UNWANTED);
    }

    /** Returns whether a JVM option sets a setting that the node of a child JVM must not inherit. */
    public static boolean isSetBy(String option) {
        return UNWANTED.stream()
                .map(name -> "-D" + name)
                .anyMatch(set -> option.equals(set) || option.startsWith(set + "="));
    }

    /**
     * Checks that a server in this JVM will listen only at this address.
     *
     * @throws IllegalStateException if it would listen at another address
     */
    static void checkServer(String bind) {
        String host = localHost();
        if (!host.isEmpty() && !host.equals(bind)) {
            throw refused(host, "listen there instead of at " + bind);
        }
    }

    /**
     * Checks that a client in this JVM will not listen at all interfaces.
     *
     * @throws IllegalStateException if it would
     */
    public static void checkClient() {
        String host = localHost();
        if (EVERYWHERE.contains(host)) {
            throw refused(host, "listen at every interface of this machine");
        }
    }

    private static String localHost() {
        String host = IgniteSystemProperties.getString(LOCAL_HOST); // or the environment variable
        return host == null ? "" : host.strip();
    }

    private static IllegalStateException refused(String host, String consequence) {
        return new IllegalStateException(LOCAL_HOST + ", an environment variable or a system property, is '" + host
                + "', by which Apache Ignite would have a node in this JVM " + consequence
                + "; start the JVM without it, or with -D" + LOCAL_HOST + "= to leave it out");
    }
}
