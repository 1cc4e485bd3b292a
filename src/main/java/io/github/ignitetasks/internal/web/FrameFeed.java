package io.github.ignitetasks.internal.web;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest frame. One thread computes frames for all viewers, and only while there are viewers. A viewer that is slow
 * misses frames: only the latest is kept. Safe to share between threads.
 */
final class FrameFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FrameFeed.class);

    private final FrameSource source;
    private final long step;
    private final Thread thread;

    // all guarded by this
    private int viewers;
    private long count;
    private long computedAt;
    private @Nullable Frame latest;
    private boolean closed;

    /**
     * Makes a feed, whose thread waits for the first viewer.
     *
     * @param name the name of the thread
     * @param step the time between two frames
     */
    FrameFeed(String name, FrameSource source, Duration step) {
        this.source = source;
        this.step = step.toNanos();
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Adds a viewer. */
    synchronized void join() {
        viewers++;
        if (viewers == 1 && latest != null && !latest.isLast() && System.nanoTime() - computedAt >= step) {
            latest = null; // computed before a time without viewers
        }
        notifyAll();
    }

    /** Removes a viewer. */
    synchronized void leave() {
        viewers--;
    }

    /**
     * Waits for a frame with a higher number than the given one; empty if none comes in time.
     *
     * @throws InterruptedException also if the feed closes
     */
    synchronized Optional<Frame> next(long after, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (latest == null || latest.number() <= after) {
            if (closed) {
                throw new InterruptedException("the feed has closed");
            }
            if (!waitUntil(deadline)) {
                return Optional.empty();
            }
        }
        return Optional.of(latest);
    }

    /** Publishes the last frame, for viewers of now and later, and computes no more. */
    synchronized void end(byte[] lastFrame) {
        latest = Frame.last(lastFrame);
        stop();
    }

    /** Computes no more. */
    @Override
    public synchronized void close() {
        stop();
    }

    private void stop() {
        closed = true;
        thread.interrupt();
        notifyAll();
    }

    private void run() {
        boolean failedBefore = false;
        try {
            while (awaitViewer()) {
                long start = System.nanoTime();
                try {
                    publish(source.frame(), start);
                } catch (RuntimeException | Error e) {
                    if (!failedBefore) {
                        LOG.warn("the dashboard could not compute a frame; pages stand still until it can", e);
                    }
                    failedBefore = true;
                }
                pause(start + step);
            }
        } catch (InterruptedException e) {
            LOG.debug("{} ends", thread.getName());
        }
    }

    private synchronized boolean awaitViewer() throws InterruptedException {
        while (!closed && viewers == 0) {
            wait();
        }
        return !closed;
    }

    private synchronized void publish(byte[] json, long time) {
        if (!closed) {
            latest = Frame.of(++count, json);
            computedAt = time;
            notifyAll();
        }
    }

    private synchronized void pause(long deadline) throws InterruptedException {
        while (!closed && waitUntil(deadline)) {
            // something else happened
        }
    }

    /** Waits until somebody notifies; returns false if the deadline has passed. */
    private synchronized boolean waitUntil(long deadline) throws InterruptedException {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
        return true;
    }
}
