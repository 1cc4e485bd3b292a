package io.github.ignitetasks.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ignitetasks.Deadlines;
import io.github.ignitetasks.TaskCall;
import io.github.ignitetasks.TaskFuture;
import io.github.ignitetasks.TaskSession;
import io.github.ignitetasks.ignite.IgniteTaskRunner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.configuration.IgniteConfiguration;

/**
 * A session in a JVM of its own that submits the groups of a workload in order, and adds each state that it sees to the
 * history. It submits two of three groups, and shares one of these two with the other submitter. A line on its standard
 * input gives the least number of groups. The process ends once it has reached this number and its tasks have ended.
 */
final class SubmitterMain {
    private static final int MAX_OUT = 500;
    private static final int SHARING = 3;

    private final TaskSession session;
    private final Workload workload;
    private final History history;
    private final Semaphore room = new Semaphore(MAX_OUT);

    private SubmitterMain(TaskSession session, Workload workload, History history) {
        this.session = session;
        this.workload = workload;
        this.history = history;
    }

    /** Returns whether the submitter with this number, 0 or 1, submits a group. */
    static boolean submits(int submitter, int group) {
        return group % SHARING != submitter;
    }

    /**
     * Arguments: the folder of the history, the seed, the number of this submitter, all addresses, the nano time at
     * which the run began, and the milliseconds between two groups.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        CompletableFuture<Integer> fewest = new CompletableFuture<>();
        Thread reader = new Thread(() -> read(fewest), "input");
        reader.setDaemon(true);
        reader.start();
        String[] addresses = args[3].split(",");
        try (TaskSession session = IgniteTaskRunner.builder()
                .address(addresses)
                .clientConfiguration(SubmitterMain::configure)
                .build()
                .start()) {
            System.out.println("started");
            SubmitterMain submitter =
                    new SubmitterMain(session, new Workload(Long.parseLong(args[1])), History.in(Path.of(args[0])));
            int groups = submitter.submit(
                    Integer.parseInt(args[2]), Long.parseLong(args[4]), Long.parseLong(args[5]), fewest);
            boolean ended = submitter.room.tryAcquire(MAX_OUT, Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
            System.out.println("ended " + groups);
            if (!ended) {
                Runtime.getRuntime().halt(1); // closing the session would wait for the rest
            }
        }
    }

    private static void read(CompletableFuture<Integer> fewest) {
        try {
            String line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
            if (line == null) {
                Runtime.getRuntime().halt(1); // the parent process has ended
            } else {
                fewest.complete(Integer.parseInt(line));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a client soon connect to another server if its server hangs. */
    static void configure(IgniteConfiguration client) {
        client.setFailureDetectionTimeout(2_000);
    }

    /** Submits groups until it has reached the least number, and returns the number of groups. */
    private int submit(int number, long beginning, long paceMillis, CompletableFuture<Integer> fewest)
            throws InterruptedException {
        int group = 0;
        for (; group < fewest.getNow(Integer.MAX_VALUE); group++) {
            if (submits(number, group)) {
                TimeUnit.NANOSECONDS.sleep(beginning + paceMillis * group * 1_000_000 - System.nanoTime());
                submit(workload.group(group));
            }
        }
        return group;
    }

    private void submit(List<Workload.Job> group) throws InterruptedException {
        List<TaskFuture<String>> futures = new ArrayList<>();
        for (Workload.Job job : group) {
            if (!room.tryAcquire(Deadlines.PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IllegalStateException("none of " + MAX_OUT + " tasks has ended for long");
            }
            TaskFuture<String> future = session.submit(
                    job.key(),
                    call(
                            history,
                            job,
                            job.upstreams().stream().map(futures::get).toList()));
            future.whenDone(state -> {
                history.seen(job.key(), state);
                room.release();
            });
            futures.add(future);
        }
    }

    private static TaskCall<String> call(History history, Workload.Job job, List<TaskFuture<String>> upstreams) {
        return () -> {
            String token = history.run(
                    job.key(), upstreams.stream().map(TaskFuture::result).toList());
            Thread.sleep(job.millis());
            return token;
        };
    }
}
