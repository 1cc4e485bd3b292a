package io.github.ignitetasks.internal.web;

/** A source of what the dashboard shows: JSON objects as UTF-8 bytes, each complete. Safe to share between threads. */
public interface FrameSource {
    /** Computes the frame of now. The server asks at most once a second, on one thread. May block for a few seconds. */
    byte[] frame();
}
