package io.github.ignitetasks.internal.lifecycle;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that keeps the JVM alive while resources are open, and detects the end of the application. The application
 * has ended if {@code main} has returned and only threads of open resources keep the JVM alive. A JVM whose main method
 * has returned has a thread named {@code DestroyJavaVM}, which waits for the other threads.
 */
final class MainWatch {
    private static final Logger LOG = LoggerFactory.getLogger(MainWatch.class);
    private static final Duration INTERVAL = Duration.ofMillis(250);
    private static final String WAITS_FOR_OTHERS = "DestroyJavaVM";

    private final Supplier<List<OpenResource>> open;
    private final Runnable onMainEnded;
    private final Thread thread = new Thread(this::run, "ignite-tasks-main-watch");
    private final CountDownLatch ended = new CountDownLatch(1);

    private MainWatch(Supplier<List<OpenResource>> open, Runnable onMainEnded) {
        this.open = open;
        this.onMainEnded = onMainEnded;
    }

    /** Starts to watch, on a thread that keeps the JVM alive. */
    static MainWatch start(Supplier<List<OpenResource>> open, Runnable onMainEnded) {
        MainWatch watch = new MainWatch(open, onMainEnded);
        watch.thread.setDaemon(false);
        watch.thread.setContextClassLoader(null); // else the application's loader could not be collected
        watch.thread.start();
        return watch;
    }

    /** Stops the watch, because no resource is open any more. */
    void end() {
        ended.countDown();
    }

    private void run() {
        try {
            while (!ended.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                if (hasMainEnded()) {
                    onMainEnded.run();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("nobody interrupts this thread", e);
        } catch (RuntimeException | Error e) {
            LOG.warn("what was left open at the end of main could not be closed", e);
        }
    }

    private boolean hasMainEnded() {
        List<Thread> alive = threads().stream().filter(each -> !each.isDaemon()).toList();
        if (alive.stream().noneMatch(each -> each.getName().equals(WAITS_FOR_OTHERS))) {
            return false;
        }
        List<OpenResource> resources = open.get();
        return alive.stream()
                .filter(each -> each != thread && !each.getName().equals(WAITS_FOR_OTHERS))
                .allMatch(each -> resources.stream().anyMatch(resource -> resource.owns(each)));
    }

    /** Returns all threads of the JVM. */
    private static List<Thread> threads() {
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        Thread[] found = new Thread[root.activeCount() + 16];
        int count = root.enumerate(found);
        while (count == found.length) { // the array may have been too short
            found = new Thread[2 * found.length];
            count = root.enumerate(found);
        }
        return Arrays.asList(found).subList(0, count);
    }
}
