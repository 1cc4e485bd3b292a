package io.github.ignitetasks.internal.web;

import com.sun.net.httpserver.HttpServer;
import io.github.ignitetasks.internal.events.ObservedKeys;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A web server that shows one session or one grid to whoever has its link. It runs on the server of the JDK, and bounds what that
 * leaves unbounded: threads, viewers and times. It computes nothing while nobody views. Safe to share between threads.
 */
public final class DashboardServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DashboardServer.class);

    /** How many requests wait for a thread; the connections of more are closed. */
    private static final int QUEUE = 64;

    private final HttpServer server;
    private final TimeLimits timeLimits;
    private final FrameFeed feed;
    private final Viewers viewers;
    private final KeyLookup lookup;
    private final ThreadPoolExecutor threads;
    private final String link;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DashboardServer(
            HttpServer server,
            ServerSettings settings,
            ServerLimits limits,
            String owner,
            ObservedKeys keys,
            FrameSource source) {
        Assets assets = Assets.ofPage(); // first, because the rest starts threads
        String name = owner + "-dashboard";
        this.server = server;
        this.timeLimits = new TimeLimits(name + "-timer");
        this.feed = new FrameFeed(name + "-frames", source, limits.step());
        this.viewers = new Viewers(new DaemonThreads(name + "-viewer"), feed, timeLimits, limits);
        this.lookup = new KeyLookup(name + "-lookup", keys, limits.lookup());
        this.threads = new ThreadPoolExecutor(
                limits.requests(),
                limits.requests(),
                1,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(QUEUE),
                new DaemonThreads(name));
        threads.allowCoreThreadTimeOut(true);
        InetSocketAddress listening = server.getAddress();
        Credentials credentials = Credentials.create();
        this.link = "http://" + HostNames.linkName(listening.getAddress()) + ":" + listening.getPort()
                + credentials.page() + "?token=" + credentials.token();
        RequestRules rules = new RequestRules(HostNames.of(settings, listening), credentials.page());
        server.createContext("/", new DashboardPages(rules, credentials, assets, lookup, viewers));
        server.setExecutor(request -> threads.execute(() -> answer(request, limits)));
    }

    /** Reads a request and answers it. */
    private void answer(Runnable request, ServerLimits limits) {
        try {
            timeLimits.within(limits.request(), request::run);
        } catch (IOException e) {
            LOG.debug("a request could not be answered", e);
        }
    }

    /**
     * Starts a server. If its port is taken, the server logs that and listens on another.
     *
     * @param owner the name of what it shows, such as {@code ignite-1}, which its threads have too
     * @param keys answers for single keys
     * @param source gives the frames
     * @throws IOException if it cannot listen on the address at all
     */
    public static DashboardServer start(ServerSettings settings, String owner, ObservedKeys keys, FrameSource source)
            throws IOException {
        return start(settings, ServerLimits.standard(), owner, keys, source);
    }

    /** Starts a server with other limits. */
    static DashboardServer start(
            ServerSettings settings, ServerLimits limits, String owner, ObservedKeys keys, FrameSource source)
            throws IOException {
        HttpServer http = listen(settings, owner);
        try {
            DashboardServer server = new DashboardServer(http, settings, limits, owner, keys, source);
            server.startDispatcher(owner);
            return server;
        } catch (RuntimeException | Error e) {
            http.stop(0);
            throw e;
        }
    }

    private static HttpServer listen(ServerSettings settings, String owner) throws IOException {
        InetAddress address = InetAddress.getByName(settings.address());
        try {
            return HttpServer.create(new InetSocketAddress(address, settings.port()), 0);
        } catch (IOException e) {
            if (settings.port() == 0) {
                throw e;
            }
            HttpServer other = HttpServer.create(new InetSocketAddress(address, 0), 0);
            LOG.warn(
                    "{}: the dashboard cannot listen on port {} ({}), so it listens on port {}; stop what uses port {},"
                            + " or choose another port",
                    owner,
                    settings.port(),
                    e.getMessage(),
                    other.getAddress().getPort(),
                    settings.port());
            return other;
        }
    }

    /** Starts the dispatcher of the server from a daemon thread, so that it is one too and lets the JVM end. */
    private void startDispatcher(String owner) {
        Thread starter = new DaemonThreads(owner + "-dashboard-start").newThread(server::start);
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true; // the start takes no time
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the link that opens the dashboard. Whoever has it may see the dashboard. */
    public String link() {
        return link;
    }

    /** Returns whether only this machine reaches the server. */
    public boolean isLoopback() {
        return server.getAddress().getAddress().isLoopbackAddress();
    }

    /** Gives all viewers the last frame, waits for them up to a second, and closes the server. */
    public void end(byte[] lastFrame) {
        feed.end(lastFrame);
        try {
            if (!viewers.awaitNone()) {
                LOG.debug("some pages did not read the last frame of the dashboard in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /** Disconnects all viewers and ends all threads of the server. A second call does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        feed.close();
        viewers.close();
        lookup.close();
        threads.shutdownNow();
        timeLimits.close(); // first, because closing a connection would wait for a thread that writes to it
        server.stop(0);
    }
}
