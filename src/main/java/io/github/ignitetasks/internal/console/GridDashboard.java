package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.internal.events.GridSnapshot;
import io.github.ignitetasks.internal.view.GridView;
import io.github.ignitetasks.internal.web.DashboardServer;
import io.github.ignitetasks.internal.web.ServerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The dashboard of a whole grid, which one of its nodes serves. Safe to share between threads. */
public final class GridDashboard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GridDashboard.class);
    private static final String NAME = "grid";
    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final GridView view;
    private final AtomicBoolean frozen;
    private final DashboardServer server;

    private GridDashboard(GridView view, AtomicBoolean frozen, DashboardServer server) {
        this.view = view;
        this.frozen = frozen;
        this.server = server;
    }

    /** Starts a dashboard, and logs its link. If there can be none, the log has the reason. */
    static Optional<GridDashboard> start(Ignite ignite, ServerSettings settings) {
        GridQueries grid = new GridQueries(ignite, TIMEOUT);
        AtomicBoolean frozen = new AtomicBoolean();
        GridView view = new GridView("Grid", () -> snapshot(grid).filter(snapshot -> !frozen.get()));
        try {
            DashboardServer server = DashboardServer.start(settings, NAME, new GridKeys(grid), view::frame);
            if (!server.isLoopback()) {
                LOG.warn(
                        "the dashboard listens on {} without encryption: who reads the network sees the link, and who has"
                                + " the link sees what the grid does",
                        settings.address());
            }
            LOG.info("dashboard at {}", server.link());
            return Optional.of(new GridDashboard(view, frozen, server));
        } catch (IOException e) {
            LOG.warn(
                    "the node has no dashboard, because it cannot listen on {}: {}; name an interface of this machine",
                    settings.address(),
                    e.toString());
        } catch (RuntimeException e) {
            LOG.warn("the node has no dashboard, because its server did not start", e);
        } catch (NoClassDefFoundError e) {
            LOG.warn("the node has no dashboard, because this Java runtime lacks the module jdk.httpserver", e);
        }
        return Optional.empty();
    }

    private static Optional<GridSnapshot> snapshot(GridQueries grid) {
        try {
            return Optional.of(grid.snapshot());
        } catch (IllegalStateException | IgniteException e) {
            LOG.debug("the grid cannot be asked now, for example because this node stops", e);
            return Optional.empty();
        }
    }

    /** Keeps what was seen last. Call it before the node stops, because from then on its servers seem to be silent. */
    public void freeze() {
        frozen.set(true);
    }

    /** Gives the open pages the last frame, waits for them up to a second, and ends the server. */
    @Override
    public void close() {
        server.end(view.lastFrame());
    }
}
