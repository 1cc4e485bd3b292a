package io.github.ignitetasks.chaos;

import io.github.ignitetasks.Deadlines;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run of tasks on a grid of processes, with one fault after another. Not safe to share between threads. */
final class ChaosRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);
    private static final int FIRST_WORKERS = 3;
    private static final int SUBMITTERS = 2;
    private static final int FEWEST_GROUPS = 20_000 / Workload.GROUP_SIZE;

    /** The time that the tasks take beyond the faults. Their slower pace spares a busy machine. */
    private static final Duration MORE_TIME = Duration.ofSeconds(10);

    /** The minimum time of the tasks. One fault of each kind takes about as long. */
    private static final Duration LEAST_TIME = Duration.ofSeconds(55);

    /** The minimum time that a task still has to run when a fault begins. */
    private static final Duration MARGIN = Duration.ofMillis(300);

    private final Path folder;
    private final long seed;
    private final Workload workload;
    private final History history;
    private final FaultPlan plan;
    private final Workers workers;
    private final List<Submitter> submitters = new ArrayList<>();
    private final List<Inflicted> faults = new ArrayList<>();
    private long beginning;
    private long paceMillis;

    /**
     * A fault that has happened.
     *
     * @param fault the kind of fault
     * @param nanos the time of {@link System#nanoTime} at which it began
     * @param pid the process that it met, or 0 for a new worker
     */
    record Inflicted(Fault fault, long nanos, long pid) {}

    /** Makes a run that writes to this folder. */
    ChaosRun(Path folder, long seed) {
        this.folder = folder;
        this.seed = seed;
        this.workload = new Workload(seed);
        this.history = History.in(folder);
        this.plan = new FaultPlan(seed);
        this.workers = new Workers(folder, FaultPlan.MOST_WORKERS + 1, List.of());
    }

    /** Runs for at least this time, and until each kind of fault has happened. */
    Verdict run(Duration time) throws InterruptedException {
        workers.add(FIRST_WORKERS);
        beginning = System.nanoTime();
        Duration ofTasks = time.plus(MORE_TIME);
        paceMillis = Math.max(ofTasks.toMillis(), LEAST_TIME.toMillis()) / FEWEST_GROUPS;
        for (int number = 0; number < SUBMITTERS; number++) {
            submitters.add(startSubmitter(number));
        }
        submitters.forEach(Submitter::awaitStarted);
        try {
            inflictAll(time);
        } catch (ConditionTimeoutException e) {
            return new HistoryCheck(workload, history.lines(), faults).verdictOfStuck(e.toString());
        }
        submitters.forEach(submitter -> submitter.endAfter(FEWEST_GROUPS));
        List<Integer> groups = submitters.stream().map(Submitter::awaitEnd).toList();
        LOG.info("chaos at {} ms: all has ended", elapsed().toMillis());
        return new HistoryCheck(workload, history.lines(), faults).verdict(groups, pids());
    }

    private void inflictAll(Duration time) throws InterruptedException {
        while (elapsed().compareTo(time) < 0 || !plan.isComplete()) {
            workers.awaitRestored();
            TimeUnit.MILLISECONDS.sleep(plan.pauseMillis());
            inflict(plan.next(workers.size()));
        }
    }

    private Submitter startSubmitter(int number) {
        return Submitter.start(folder, seed, number, workers.addresses(), beginning, paceMillis);
    }

    private List<Long> pids() {
        return submitters.stream().map(Submitter::pid).toList();
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - beginning);
    }

    private void inflict(Fault fault) {
        switch (fault) {
            case KILL_WORKER -> workers.kill(met(fault, anyWorker()));
            case HANG_WORKER -> workers.hang(met(fault, anyWorker()));
            case RETIRE_WORKER -> workers.retire(met(fault, anyWorker()));
            case JOIN_WORKER -> {
                awaitTask(run -> true);
                begins(fault, 0, "a new worker");
                workers.add(1);
            }
            case KILL_SUBMITTER -> {
                int number = plan.victim(SUBMITTERS);
                Submitter submitter = submitters.get(number);
                awaitTask(run -> true);
                begins(fault, submitter.pid(), submitter);
                submitter.close();
                submitters.set(number, startSubmitter(number));
            }
        }
        LOG.info("chaos at {} ms: {} is over", elapsed().toMillis(), fault);
    }

    /** Chooses a worker, waits until a task runs there, and returns the worker. */
    private Worker anyWorker() {
        Worker worker = workers.get(plan.victim(workers.size()));
        awaitTask(run -> run.pid() == worker.pid());
        return worker;
    }

    private void awaitTask(Predicate<History.Run> which) {
        Awaitility.await("a task that runs")
                .atMost(Deadlines.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> isRunning(which));
    }

    private boolean isRunning(Predicate<History.Run> which) {
        long soon = System.nanoTime() + MARGIN.toNanos();
        return history.latest().stream()
                .anyMatch(line -> line instanceof History.Run run && which.test(run) && soon < workload.endNanos(run));
    }

    private Worker met(Fault fault, Worker worker) {
        begins(fault, worker.pid(), worker);
        return worker;
    }

    private void begins(Fault fault, long pid, Object whom) {
        faults.add(new Inflicted(fault, System.nanoTime(), pid));
        LOG.info("chaos at {} ms: {} meets {}", elapsed().toMillis(), fault, whom);
    }

    @Override
    public void close() {
        submitters.forEach(Submitter::close);
        workers.close();
    }
}
