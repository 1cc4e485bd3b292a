package io.github.ignitetasks.observe;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.internal.events.EventStream;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionObserver;
import io.github.ignitetasks.internal.events.TaskEvents;
import io.github.ignitetasks.internal.view.RunView;
import io.github.ignitetasks.internal.web.DashboardServer;
import io.github.ignitetasks.internal.web.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/**
 * Starts a server for each session that it observes. Immutable, safe to share.
 *
 * @param settings the settings of the servers
 * @param whenOpened gets the link of each server
 */
record SessionDashboard(ServerSettings settings, Consumer<? super URI> whenOpened)
        implements Dashboard, SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Dashboard.class);

    static final SessionDashboard STANDARD = new SessionDashboard(ServerSettings.standard(), link -> {});

    SessionDashboard withPort(int port) {
        if (port == 0) {
            throw new IllegalArgumentException("port must be from 1 to 65535, but is 0; leave it out for a free port");
        }
        return new SessionDashboard(settings.withPort(port), whenOpened);
    }

    @Override
    public Dashboard withAddress(String address) {
        return new SessionDashboard(settings.withAddress(address), whenOpened);
    }

    @Override
    public Dashboard withAllowedHost(String host) {
        return new SessionDashboard(settings.withAllowedHost(host), whenOpened);
    }

    @Override
    public Dashboard whenOpened(Consumer<? super URI> action) {
        return new SessionDashboard(settings, requireNonNull(action, "action"));
    }

    @Override
    public TaskEvents observe(ObservedSession session) {
        RunView view = new RunView(session);
        EventStream events = new EventStream();
        start(session, view)
                .ifPresentOrElse(
                        server -> {
                            events.add(view);
                            events.add(new ServerEnd(view::lastFrame, server));
                        },
                        view::closed);
        return events;
    }

    private Optional<DashboardServer> start(ObservedSession session, RunView view) {
        try {
            DashboardServer server = DashboardServer.start(settings, session.name(), session, view::frame);
            if (!server.isLoopback()) {
                LOG.warn(
                        "{}: the dashboard listens on {} without encryption: who reads the network sees the link, and who"
                                + " has the link sees the run",
                        session.name(),
                        settings.address());
            }
            tell("dashboard at " + server.link(), LoggerFactory.getILoggerFactory(), SessionDashboard::print);
            pass(URI.create(server.link()));
            return Optional.of(server);
        } catch (IOException e) {
            LOG.warn(
                    "{} has no dashboard, because it cannot listen on {}: {}",
                    session.name(),
                    settings.address(),
                    e.toString());
        } catch (RuntimeException e) {
            LOG.warn("{} has no dashboard, because its server did not start", session.name(), e);
        } catch (NoClassDefFoundError e) {
            LOG.warn(
                    "{} has no dashboard, because this Java runtime lacks the module jdk.httpserver",
                    session.name(),
                    e);
        }
        return Optional.empty();
    }

    private void pass(URI link) {
        try {
            whenOpened.accept(link);
        } catch (RuntimeException e) {
            LOG.warn("the action for the link of a dashboard threw, and the session goes on", e);
        }
    }

    /** Logs a line; prints it if nothing would show the log, because the user cannot do without it. */
    static void tell(String line, ILoggerFactory logging, Consumer<String> console) {
        if (logging instanceof NOPLoggerFactory) {
            console.accept(line);
        } else {
            logging.getLogger(Dashboard.class.getName()).info(line);
        }
    }

    @SuppressWarnings("SystemOut") // nothing else would show the line
    private static void print(String line) {
        System.err.println(line);
    }

    /**
     * Ends a server when its session closes, with the last frame.
     *
     * @param lastFrame gives the last frame of a view, which hears of the close before
     */
    record ServerEnd(Supplier<byte[]> lastFrame, DashboardServer server) implements TaskEvents {
        @Override
        public void closed() {
            try {
                server.end(lastFrame.get());
            } finally {
                server.close();
            }
        }
    }
}
