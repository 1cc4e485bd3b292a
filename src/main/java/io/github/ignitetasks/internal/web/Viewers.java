package io.github.ignitetasks.internal.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages that view the dashboard. Each has a thread, which writes frames as fast as the page reads them, so a slow
 * page holds up no other. A page that stops reading is disconnected. Safe to share between threads.
 */
final class Viewers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Viewers.class);

    /** How much of a frame is written under one time limit. */
    private static final int PART = 32 * 1_024;

    private static final byte[] START = "retry: 2000\n\n".getBytes(UTF_8);
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(UTF_8);

    private final FrameFeed feed;
    private final TimeLimits timeLimits;
    private final ServerLimits limits;
    /** One for each page; they bound the threads, too. */
    private final Semaphore places;

    private final ThreadPoolExecutor threads;

    /** Makes viewers with threads of this factory. */
    Viewers(ThreadFactory factory, FrameFeed feed, TimeLimits timeLimits, ServerLimits limits) {
        this.feed = feed;
        this.timeLimits = timeLimits;
        this.limits = limits;
        this.places = new Semaphore(limits.viewers());
        this.threads =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /** Answers a request for events. The answer goes on after this method has returned. */
    void answer(HttpExchange exchange) throws IOException {
        if (!places.tryAcquire()) {
            Answer.text(503, limits.viewers() + " pages view this dashboard, which is the most; close one of them")
                    .send(exchange);
            return;
        }
        boolean hasThread = false;
        try {
            threads.execute(() -> view(exchange));
            hasThread = true;
        } catch (RejectedExecutionException e) {
            LOG.debug("a page comes while the dashboard closes", e);
        } catch (OutOfMemoryError e) {
            LOG.warn("the dashboard could not start a thread for a page", e);
        } finally {
            if (!hasThread) {
                places.release();
            }
        }
        if (!hasThread) {
            Answer.text(503, "the dashboard closes, or can start no thread").send(exchange);
        }
    }

    private void view(HttpExchange exchange) {
        feed.join();
        try {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.getResponseHeaders().set("Connection", "close");
            exchange.getResponseHeaders().set("X-Accel-Buffering", "no"); // a proxy passes events on at once
            write(exchange);
        } catch (IOException e) {
            LOG.debug("a page has gone, or has read nothing for {}", limits.write(), e);
        } catch (InterruptedException e) {
            LOG.debug("a page is disconnected, because the dashboard closes");
        } finally {
            feed.leave();
            close(exchange);
            places.release();
        }
    }

    private void write(HttpExchange exchange) throws IOException, InterruptedException {
        timeLimits.within(limits.write(), () -> exchange.sendResponseHeaders(200, 0));
        OutputStream body = exchange.getResponseBody();
        write(body, START);
        long seen = 0;
        boolean ended = false;
        while (!ended) {
            var next = feed.next(seen, limits.heartbeat());
            write(body, next.map(Frame::event).orElse(HEARTBEAT));
            seen = next.map(Frame::number).orElse(seen);
            ended = next.map(Frame::isLast).orElse(false);
        }
    }

    /** Writes bytes and flushes them once: small writes in a row would each wait for the other side's acknowledgement. */
    private void write(OutputStream body, byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; from += PART) {
            int start = from;
            int end = Math.min(bytes.length, from + PART);
            timeLimits.within(limits.write(), () -> body.write(bytes, start, end - start));
        }
        timeLimits.within(limits.write(), body::flush);
    }

    private void close(HttpExchange exchange) {
        try {
            timeLimits.within(limits.write(), exchange::close); // writes the end of the answer
        } catch (IOException e) {
            LOG.debug("a page has gone before its answer ended", e);
        }
    }

    /** Waits until no page views any more; returns false if that takes longer than the limit for the end. */
    boolean awaitNone() throws InterruptedException {
        boolean none = places.tryAcquire(limits.viewers(), limits.end().toMillis(), TimeUnit.MILLISECONDS);
        if (none) {
            places.release(limits.viewers());
        }
        return none;
    }

    /** Disconnects all pages. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
