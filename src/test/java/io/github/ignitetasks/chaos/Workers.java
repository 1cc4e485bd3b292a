package io.github.ignitetasks.chaos;

import static java.util.stream.Collectors.joining;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.support.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** The server processes of a grid. Not safe to share between threads. */
final class Workers implements AutoCloseable {
    /**
     * The failure detection timeout in milliseconds. It is long enough that nodes on a busy machine do not report each
     * other as failed.
     */
    private static final int FAILURE_MILLIS = 5_000;

    private static final Duration POLL = Duration.ofMillis(100);

    private final List<String> options;
    private final Path folder;
    private final List<Integer> ports;
    private final List<Worker> live = new ArrayList<>();
    private final List<Worker> all = new ArrayList<>();

    /** Makes a grid of at most {@code most} processes, which get these JVM options. */
    Workers(Path folder, int most, List<String> options) {
        this.options = options;
        this.folder = folder;
        ports = IntStream.generate(FreePort::find)
                .distinct()
                .limit(most)
                .boxed()
                .toList();
    }

    /** Returns the addresses of all workers, present and future. */
    String addresses() {
        return ports.stream().map(port -> "127.0.0.1:" + port).collect(joining(","));
    }

    int size() {
        return live.size();
    }

    Worker get(int index) {
        return live.get(index);
    }

    /** Starts this number of workers, and waits until they have joined. */
    void add(int number) {
        List<Worker> started = IntStream.range(0, number).mapToObj(i -> start()).toList();
        started.forEach(Worker::awaitJoined);
    }

    private Worker start() {
        Set<Integer> taken = live.stream().map(Worker::port).collect(Collectors.toSet());
        int port =
                ports.stream().filter(each -> !taken.contains(each)).findFirst().orElseThrow();
        Worker worker = Worker.start(options, folder, FAILURE_MILLIS, port, ports);
        live.add(worker);
        all.add(worker);
        return worker;
    }

    void kill(Worker worker) {
        live.remove(worker);
        worker.kill();
    }

    /** Stops a worker until the others have given it up. The worker ends by itself when it goes on. */
    void hang(Worker worker) {
        live.remove(worker);
        worker.hang();
        awaitRestored();
        worker.wake();
        worker.awaitExit();
    }

    void retire(Worker worker) {
        live.remove(worker);
        worker.retire();
        if (worker.awaitExit() != 0) {
            throw new AssertionError(worker + " did not end in the graceful way");
        }
    }

    /** Waits until the live workers see one another and no others, and have all their partitions, backups included. */
    void awaitRestored() {
        Awaitility.await("all backups")
                .atMost(Deadlines.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .until(() -> {
                    Set<String> views = live.stream().map(Worker::view).collect(Collectors.toSet());
                    return views.size() == 1
                            && views.iterator().next().matches(live.size() + " servers, version [0-9]+, restored");
                });
    }

    @Override
    public void close() {
        all.forEach(Worker::close);
    }
}
