package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.events.KeyActivity;
import io.github.ignitetasks.internal.events.ObservedSession;
import io.github.ignitetasks.internal.events.SessionSnapshot;
import io.github.ignitetasks.internal.events.TaskCounts;
import io.github.ignitetasks.internal.web.RawHttp.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A session without tasks, and a server that shows it. Its frames have a number. */
final class ServedSession implements ObservedSession, AutoCloseable {
    /** A limit for clients that must exceed it, and long enough for those that must not. */
    static final Duration SHORT = Duration.ofMillis(500);

    private static final AtomicInteger COUNT = new AtomicInteger();

    final Map<String, State<?>> states = new ConcurrentHashMap<>();
    final Map<String, String> stacks = new ConcurrentHashMap<>();
    final Map<String, KeyActivity> activities = new ConcurrentHashMap<>();
    final AtomicInteger frames = new AtomicInteger();
    final DashboardServer server;
    private final String name = "served-" + COUNT.incrementAndGet();
    private final String padding;
    private final String cookie;

    ServedSession() {
        this(limits(Deadlines.PATIENCE, 20));
    }

    ServedSession(ServerLimits limits) {
        this(ServerSettings.standard(), limits, 0);
    }

    ServedSession(ServerSettings settings, ServerLimits limits, int frameSize) {
        padding = "x".repeat(frameSize);
        try {
            server = DashboardServer.start(settings, limits, name, this, this::frame);
            cookie = send("/?token=" + token())
                    .header("Set-Cookie")
                    .orElseThrow()
                    .split(";", 2)[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns limits with short steps, and with this limit for requests and viewers. */
    static ServerLimits limits(Duration limit, int viewers) {
        return new ServerLimits(limit, limit, limit, limit, Duration.ofMillis(10), Deadlines.PATIENCE, 4, viewers);
    }

    private byte[] frame() {
        return ("{\"n\":" + frames.incrementAndGet() + ",\"padding\":\"" + padding + "\"}").getBytes(UTF_8);
    }

    int port() {
        int start = server.link().lastIndexOf(':') + 1;
        return Integer.parseInt(server.link().substring(start, server.link().indexOf('/', start)));
    }

    String token() {
        return server.link().substring(server.link().indexOf('=') + 1);
    }

    /** Returns the header that shows the cookie. */
    String cookie() {
        return "Cookie: " + cookie;
    }

    /** Returns the target of a request below the page; one that begins with no slash is returned as it is. */
    String target(String target) {
        String link = server.link();
        String page = link.substring(link.indexOf('/', link.lastIndexOf(':')), link.lastIndexOf('/'));
        return target.startsWith("/") ? page + target : target;
    }

    /** Sends a request for something below the page, with these headers. */
    Reply send(String target, String... headers) throws IOException {
        return RawHttp.send(port(), RawHttp.get(port(), target(target), headers));
    }

    /** Sends a request for something below the page, with the cookie. */
    Reply get(String target) throws IOException {
        return send(target, cookie());
    }

    /** Opens the page's stream of events. */
    EventReader view() throws IOException {
        return new EventReader(port(), target("/events"), cookie());
    }

    /** Returns the threads of this server that live. */
    List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name + "-"))
                .toList();
    }

    /** Returns the thread that computes frames. */
    Thread frameThread() {
        return threads().stream()
                .filter(thread -> thread.getName().endsWith("-frames"))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "a session of a test";
    }

    @Override
    public TaskCounts counts() {
        return new TaskCounts();
    }

    @Override
    public SessionSnapshot snapshot() {
        return new SessionSnapshot(Map.of(), List.of());
    }

    @Override
    public Optional<String> stackOf(String key) {
        return Optional.ofNullable(stacks.get(key));
    }

    @Override
    public KeyStatus status(String key) {
        switch (key) {
            case "" -> throw new IllegalArgumentException("key must have 1 to 1024 characters");
            case "closed" -> throw new IllegalStateException("the session has closed");
            case "stuck" -> awaitInterrupt();
            default -> {}
        }
        if (activities.containsKey(key)) {
            return KeyStatus.RUNNING;
        }
        State<?> state = states.get(key);
        return state == null ? KeyStatus.UNKNOWN : KeyStatus.of(state.type());
    }

    @Override
    public Optional<KeyActivity> activity(String key) {
        return Optional.ofNullable(activities.get(key));
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public Optional<State<?>> state(String key) {
        return Optional.ofNullable(states.get(key));
    }

    @Override
    public void close() {
        server.close();
    }
}
