package io.github.ignitetasks.internal.connect;

import io.github.ignitetasks.internal.execution.Timer;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A periodic log message while a client looks for its grid. The message names the addresses and the timeout. A quick
 * join logs nothing.
 */
public final class JoinProgress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JoinProgress.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final Timer timer = new Timer("ignite-tasks-join");
    private final long since = System.nanoTime();
    private final List<String> addresses;
    private final Duration timeout;

    private JoinProgress(List<String> addresses, Duration timeout) {
        this.addresses = addresses;
        this.timeout = timeout;
    }

    /**
     * Starts to log.
     *
     * @param timeout the time after which the client gives up; zero if it never does
     */
    static JoinProgress start(List<String> addresses, Duration timeout) {
        JoinProgress progress = new JoinProgress(addresses, timeout);
        progress.tellLater();
        return progress;
    }

    private void tellLater() {
        timer.after(INTERVAL, this::tell);
    }

    private void tell() {
        Duration waited =
                Duration.ofSeconds(Duration.ofNanos(System.nanoTime() - since).toSeconds());
        LOG.info(
                "no grid has answered at {} for {}; {}",
                addresses,
                waited,
                timeout.isZero() ? "waiting without bound" : "giving up after " + timeout + " (joinTimeout)");
        tellLater();
    }

    @Override
    public void close() {
        timer.close();
    }
}
