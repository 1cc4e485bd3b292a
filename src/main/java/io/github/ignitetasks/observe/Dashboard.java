package io.github.ignitetasks.observe;

import io.github.ignitetasks.TaskListener;
import java.net.URI;
import java.util.function.Consumer;

/**
 * A web page that shows a run while it runs: progress by task name, failures, which task ran when, nodes and throughput.
 * Each session of the runner has a page of its own, on a server that lives as long as the session.
 *
 * <pre>{@code
 * TaskRunner runner = ThreadPoolTaskRunner.create().withListener(Dashboard.create());
 * }</pre>
 *
 * <p>The session logs the link when it starts: {@code dashboard at http://127.0.0.1:PORT/PATH/?token=...}. If no logging back
 * end is on the class path, the link goes to the standard error stream.
 *
 * <ul>
 *   <li>Whoever has the link may see the page. Nobody else may, also not other users of the machine.
 *   <li>The page only shows. It never shows arguments or results of tasks. It does show their keys and names, and the
 *       messages and stack traces of failures.
 *   <li>The server listens on the loopback interface, unless {@link #withAddress} says otherwise.
 *   <li>A dashboard never stops a session: if the port is taken, the session logs a warning and uses a free one. If there
 *       can be no dashboard at all, the session logs why and runs without.
 *   <li>While nobody views the page, it computes nothing beyond its counts of events. At most 20 pages view one session at
 *       a time.
 * </ul>
 *
 * <p>The server is that of the JDK's module {@code jdk.httpserver}. Two dashboards are equal if all their settings are.
 * Immutable, safe to share.
 */
public sealed interface Dashboard extends TaskListener permits SessionDashboard {

    /** Returns a dashboard that listens on a free port of the loopback interface. */
    static Dashboard create() {
        return SessionDashboard.STANDARD;
    }

    /**
     * Returns a dashboard that listens on this port of the loopback interface. If the port is taken, for example by
     * another session of the runner, the session logs a warning and uses a free port.
     *
     * @throws IllegalArgumentException if the port is not from 1 to 65,535
     */
    static Dashboard onPort(int port) {
        return SessionDashboard.STANDARD.withPort(port);
    }

    /**
     * Returns this dashboard on another network interface. <b>Its pages are not encrypted:</b> who can read the network
     * sees the link and the run. So keep to the loopback interface, and use a tunnel or a proxy with TLS. The session logs
     * a warning if the address is not a loopback address.
     *
     * @param address the name or the IP address of the interface; {@code 0.0.0.0} for all
     * @throws IllegalArgumentException if it is blank
     */
    Dashboard withAddress(String address);

    /**
     * Returns this dashboard with one more host that requests may name. A proxy or a tunnel needs that if it passes on the
     * host of the browser's address line. By default requests name the address and the port on which the server listens,
     * or {@code localhost} and that port.
     *
     * @param host the host, with its port unless it is the default one: {@code tasks.example.com} or {@code
     *     localhost:9000}
     * @throws IllegalArgumentException if it is neither a host nor a host with a port
     */
    Dashboard withAllowedHost(String host);

    /**
     * Returns this dashboard with an action that gets the link each time a session has opened its page, for example to
     * open a browser. The action runs on the thread that starts the session. The session logs an exception of it, and goes
     * on. A dashboard has one such action; a second call replaces it.
     */
    Dashboard whenOpened(Consumer<? super URI> action);
}
