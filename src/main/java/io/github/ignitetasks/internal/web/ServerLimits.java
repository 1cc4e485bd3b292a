package io.github.ignitetasks.internal.web;

import java.time.Duration;

/**
 * The limits of the clients of a server.
 *
 * @param request how long a request may take, from its first byte to the last byte of its answer
 * @param write how long a viewer may take to read a part of a frame
 * @param lookup how long the session may take to answer for one key
 * @param end how long viewers may take to read the last frame
 * @param step the time between two frames
 * @param heartbeat how long a viewer gets nothing before the server writes a comment
 * @param requests how many requests are read and answered at a time
 * @param viewers how many pages may view at a time
 */
record ServerLimits(
        Duration request,
        Duration write,
        Duration lookup,
        Duration end,
        Duration step,
        Duration heartbeat,
        int requests,
        int viewers) {

    static ServerLimits standard() {
        return new ServerLimits(
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                16,
                20);
    }
}
