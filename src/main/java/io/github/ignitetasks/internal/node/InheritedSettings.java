package io.github.ignitetasks.internal.node;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.ignite.IgniteSystemProperties;

/**
 * Settings of Ignite that a JVM has from its environment, or by system property, and that change every node in it,
 * whatever the node's configuration says.
 */
public final class InheritedSettings {
    private static final String LOCAL_HOST = IgniteSystemProperties.IGNITE_LOCAL_HOST;

    /** Listening at one of these is listening everywhere. */
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "0:0:0:0:0:0:0:0");

    /** Each changes where a node listens, whether it is a client, what its id is, how it loads classes, or opens a console. */
    private static final List<String> UNWANTED = List.of(
            LOCAL_HOST,
            IgniteSystemProperties.IGNITE_CACHE_CLIENT,
            IgniteSystemProperties.IGNITE_OVERRIDE_CONSISTENT_ID,
            IgniteSystemProperties.IGNITE_DEP_MODE_OVERRIDE,
            IgniteSystemProperties.IGNITE_TCP_DISCOVERY_ADDRESSES,
            "IGNITE_H2_DEBUG_CONSOLE");

    private InheritedSettings() {}

    /** Takes out of the environment of a child what its node is not to inherit. */
    public static void removeFrom(Map<String, String> environment) {
        environment.keySet().removeAll(UNWANTED);
    }

    /** Returns whether an option of a JVM sets what the node of a child is not to inherit. */
    public static boolean isSetBy(String option) {
        return UNWANTED.stream()
                .map(name -> "-D" + name)
                .anyMatch(set -> option.equals(set) || option.startsWith(set + "="));
    }

    /**
     * Checks that a server in this JVM will listen at this address alone.
     *
     * @throws IllegalStateException if it would listen elsewhere
     */
    static void checkServer(String bind) {
        String host = localHost();
        if (!host.isEmpty() && !host.equals(bind)) {
            throw refused(host, "listen there instead of at " + bind);
        }
    }

    /**
     * Checks that a client in this JVM will not listen at every interface.
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
        String host = IgniteSystemProperties.getString(LOCAL_HOST); // the property, or else the variable
        return host == null ? "" : host.strip();
    }

    private static IllegalStateException refused(String host, String consequence) {
        return new IllegalStateException(LOCAL_HOST + ", an environment variable or a system property, is '" + host
                + "', by which Apache Ignite would have a node in this JVM " + consequence
                + "; start the JVM without it, or with -D" + LOCAL_HOST + "= to leave it out");
    }
}
