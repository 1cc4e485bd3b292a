package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.ignitetasks.Deadlines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tests of the stream of events. */
final class ViewersTest {
    private static final int FRAME = 4 * 1_024 * 1_024;

    @Test
    void viewerGetsFramesInOrder() throws IOException {
        try (ServedSession served = new ServedSession();
                EventReader viewer = served.view()) {
            assertThat(viewer.status()).isEqualTo(200);
            assertThat(viewer.next()).isEqualTo("frame {\"n\":1,\"padding\":\"\"}");
            int second = viewer.nextFrame();
            assertThat(second).isGreaterThan(1);
            assertThat(viewer.nextFrame()).isGreaterThan(second);
        }
    }

    @Test
    void answerToAViewerHasTheHeadersOfAStream() throws IOException {
        try (ServedSession served = new ServedSession();
                EventReader viewer = served.view()) {
            assertThat(viewer.head().header("Content-Type")).contains("text/event-stream; charset=utf-8");
            assertThat(viewer.head().header("X-Accel-Buffering")).contains("no");
            assertThat(viewer.head().header("Cache-Control")).contains("no-store");
            assertThat(viewer.head().header("Content-Security-Policy")).isPresent();
        }
    }

    @Test
    void nobodyViews_noFrameIsComputed() throws IOException {
        try (ServedSession served = new ServedSession()) {
            assertThat(served.get("/").status()).isEqualTo(200);
            awaitIdle(served);
            assertThat(served.frames).hasValue(0);
        }
    }

    @Test
    void lastViewerLeaves_noMoreFramesAreComputed() throws IOException {
        try (ServedSession served = new ServedSession()) {
            try (EventReader viewer = served.view()) {
                assertThat(viewer.nextFrame()).isPositive();
            }
            awaitIdle(served);
            int computed = served.frames.get();
            try (EventReader viewer = served.view()) {
                assertThat(viewer.nextFrame()).isGreaterThanOrEqualTo(computed);
            }
        }
    }

    /** Waits until the thread that computes frames waits for a viewer. Between two frames it waits for a limited time. */
    private static void awaitIdle(ServedSession served) {
        await().atMost(Deadlines.PATIENCE).until(() -> served.frameThread().getState() == Thread.State.WAITING);
    }

    @Test
    void allViewersGetTheSameFrames() throws IOException {
        Duration step = Deadlines.PATIENCE;
        ServerLimits limits = new ServerLimits(step, step, step, step, step, step, 4, 20);
        try (ServedSession served = new ServedSession(limits);
                EventReader first = served.view();
                EventReader second = served.view()) {
            assertThat(first.nextFrame()).isEqualTo(1);
            assertThat(second.nextFrame()).isEqualTo(1);
            assertThat(served.frames).hasValue(1);
        }
    }

    @Test
    void oneViewerTooMany_itIsRefusedUntilAnotherLeaves() throws IOException {
        try (ServedSession served = new ServedSession(ServedSession.limits(Deadlines.PATIENCE, 2));
                EventReader first = served.view()) {
            try (EventReader second = served.view()) {
                assertThat(second.nextFrame()).isPositive();
                try (EventReader third = served.view()) {
                    assertThat(third.status()).isEqualTo(503);
                }
                assertThat(served.get("/").status()).isEqualTo(200);
            }
            await().atMost(Deadlines.PATIENCE).until(() -> statusOfOneMore(served) == 200);
            assertThat(first.nextFrame()).isPositive();
        }
    }

    private static int statusOfOneMore(ServedSession served) throws IOException {
        try (EventReader more = served.view()) {
            return more.status();
        }
    }

    @Test
    void threadCannotStart_placeOfItsViewerIsFreeAgain() throws IOException {
        ServerLimits limits = ServedSession.limits(Deadlines.PATIENCE, 1);
        AtomicInteger threads = new AtomicInteger();
        ThreadFactory factory = work -> new Thread(work, "viewer") {
            @Override
            public synchronized void start() {
                if (threads.incrementAndGet() == 1) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                super.start();
            }
        };
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        int port = server.getAddress().getPort();
        try (FrameFeed feed = new FrameFeed("frames", () -> "{\"n\":1}".getBytes(UTF_8), limits.step());
                TimeLimits timeLimits = new TimeLimits("timer");
                Viewers viewers = new Viewers(factory, feed, timeLimits, limits)) {
            server.createContext("/", viewers::answer);
            server.start();
            try (EventReader first = new EventReader(port, "/", "A: b");
                    EventReader second = new EventReader(port, "/", "A: b")) {
                assertThat(first.status()).isEqualTo(503);
                assertThat(second.status()).isEqualTo(200);
            }
        } finally {
            server.stop(0);
        }
    }

    @Test
    void twentyPagesViewAtATime() {
        assertThat(ServerLimits.standard().viewers()).isEqualTo(20);
    }

    @Test
    void viewerReadsSlowly_itMissesFramesAndHoldsUpNoOther() throws IOException {
        ServerLimits limits = ServedSession.limits(Deadlines.PATIENCE, 20);
        try (ServedSession served = new ServedSession(ServerSettings.standard(), limits, FRAME);
                EventReader slow = served.view();
                EventReader quick = served.view()) {
            int first = slow.nextFrame();
            while (quick.nextFrame() < first + 20) {
                // the slow viewer reads nothing meanwhile
            }
            int read = 0;
            while (slow.nextFrame() < first + 20) {
                read++;
            }
            assertThat(read).isLessThan(10);
        }
    }

    @Test
    void viewerReadsNothing_itIsDisconnected() throws IOException {
        ServerLimits limits = ServedSession.limits(ServedSession.SHORT, 1);
        try (ServedSession served = new ServedSession(ServerSettings.standard(), limits, FRAME);
                EventReader idle = served.view()) {
            assertThat(idle.status()).isEqualTo(200);
            await().atMost(Deadlines.PATIENCE).until(() -> statusOfOneMore(served) == 200);
            assertThat(framesUntilEnd(idle)).isLessThan(20);
        }
    }

    private static int framesUntilEnd(EventReader viewer) throws IOException {
        int frames = 0;
        while (!viewer.next().isEmpty()) {
            frames++;
        }
        return frames;
    }

    @Test
    void noFrameComes_heartbeatsDo() throws IOException {
        Duration step = Deadlines.PATIENCE;
        ServerLimits limits = new ServerLimits(step, step, step, step, step, Duration.ofMillis(10), 4, 20);
        try (ServedSession served = new ServedSession(limits);
                EventReader viewer = served.view()) {
            assertThat(viewer.nextFrame()).isEqualTo(1);
            assertThat(viewer.line()).isEqualTo(":");
            assertThat(viewer.line()).isEqualTo(":");
        }
    }

    @Test
    void sessionEnds_viewersGetTheLastFrameAndTheirStreamsEnd() throws IOException {
        try (ServedSession served = new ServedSession();
                EventReader first = served.view();
                EventReader second = served.view()) {
            assertThat(first.nextFrame()).isPositive();
            assertThat(second.nextFrame()).isPositive();

            served.server.end("{\"last\":\ntrue}".getBytes(UTF_8));

            for (EventReader viewer : List.of(first, second)) {
                String event = viewer.next();
                while (event.startsWith("frame ")) {
                    event = viewer.next();
                }
                assertThat(event).isEqualTo("end {\"last\": true}");
                assertThat(viewer.next()).isEmpty();
            }
        }
    }

    @Test
    void frameCannotBeComputed_streamGoesOnWithTheNext() throws IOException {
        ServerLimits limits = ServedSession.limits(Deadlines.PATIENCE, 20);
        AtomicInteger count = new AtomicInteger();
        FrameSource source = () -> {
            if (count.incrementAndGet() == 1) {
                throw new IllegalStateException("a bug");
            }
            return "{\"n\":2}".getBytes(UTF_8);
        };
        FrameFeed feed = new FrameFeed("frames", source, limits.step());
        feed.join();
        try (feed) {
            assertThat(feed.next(0, Deadlines.PATIENCE)).isPresent();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
