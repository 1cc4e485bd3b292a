package io.github.ignitetasks.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.chaos.ChaosRun.Inflicted;
import io.github.ignitetasks.chaos.History.Line;
import io.github.ignitetasks.chaos.History.Run;
import io.github.ignitetasks.chaos.History.Seen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests the check on a correct history, and on the same history with one change. */
final class HistoryCheckTest {
    private static final Workload WORKLOAD = new Workload(1);
    private static final int GROUPS = 3;

    /** The nanoseconds between two successive events of a history, more than any task takes. */
    private static final long STEP = 10_000_000_000L;

    private static final long WORKER = 11;
    private static final long OTHER_WORKER = 12;
    private static final long KILLED = 31;
    private static final long HUNG = 32;
    private static final long RETIRED = 33;
    private static final List<Long> SUBMITTERS = List.of(21L, 22L);

    /**
     * The keys of a group that both submitters submit. Only the last task needs the one before it, and no task needs
     * the last one.
     */
    private static final String SECOND = "2-1";

    private static final String BEFORE_LAST = "2-18";
    private static final String LAST = "2-19";

    private static final String DIED = "Crashed: 3 nodes died while they had it";

    private final List<Line> lines = new ArrayList<>();
    private final List<Inflicted> faults = new ArrayList<>();
    private long now;

    /** Makes a history in which each fault met a task, and each of 60 tasks completed. */
    @BeforeEach
    void makeRightHistory() {
        String met = IntStream.range(0, GROUPS)
                .mapToObj(WORKLOAD::group)
                .flatMap(List::stream)
                .filter(job -> job.upstreams().isEmpty())
                .max(Comparator.comparingInt(Workload.Job::millis))
                .orElseThrow()
                .key();
        runAndInflict(met, KILLED, Fault.KILL_WORKER);
        runAndInflict(met, HUNG, Fault.HANG_WORKER);
        runAndInflict(met, RETIRED, Fault.RETIRE_WORKER);
        faults.add(new Inflicted(Fault.JOIN_WORKER, now + 2, 0));
        faults.add(new Inflicted(Fault.KILL_SUBMITTER, now + 3, 20));
        see(met, StateType.COMPLETED, token(met, RETIRED));
        for (int group = 0; group < GROUPS; group++) {
            for (Workload.Job job : WORKLOAD.group(group)) {
                if (!job.key().equals(met)) {
                    run(job.key(), WORKER);
                    see(job.key(), StateType.COMPLETED, token(job.key(), WORKER));
                }
            }
        }
    }

    @Test
    void rightHistoryIsRight() {
        Verdict verdict = verdict();

        assertThat(verdict).isEqualTo(new Verdict(60, 60, 0, List.of(), List.of(), List.of(), List.of(), 2));
    }

    @Test
    void keyThatALivingSubmitterHasNotSeenIsLost() {
        lines.removeIf(line -> line instanceof Seen && line.key().equals(LAST) && line.pid() == 22);

        assertThat(verdict().lost()).containsExactly(LAST + " at submitter 22");
    }

    @Test
    void keyThatOnlyAKilledSubmitterHasSeenIsNotLost() {
        run("4-12", WORKER);
        lines.add(new Seen("4-12", 20, ++now, StateType.COMPLETED, token("4-12", WORKER)));

        Verdict verdict = verdict();

        assertThat(verdict.submitted()).isEqualTo(61);
        assertThat(verdict.lost()).isEmpty();
        assertThat(verdict.wrong()).isEmpty();
    }

    @Test
    void keyWithTwoResultsIsDivergent() {
        lines.add(new Seen(LAST, 22, now, StateType.COMPLETED, "another"));

        assertThat(verdict().divergent()).containsExactly(LAST);
    }

    @Test
    void keyWithTwoTypesOfStateIsDivergent() {
        lines.add(new Seen(LAST, 22, now, StateType.FAILED, token(LAST, WORKER)));

        assertThat(verdict().divergent()).containsExactly(LAST);
    }

    @Test
    void keyThatRunsAfterItsEndWasSeenRanAgain() {
        run(LAST, OTHER_WORKER);

        Verdict verdict = verdict();

        assertThat(verdict.reranFinal()).containsExactly(LAST);
        assertThat(verdict.wrong()).containsExactly(LAST + " ran in 12 although it had run in 11");
    }

    @Test
    void runOnANodeThatHadBeenGivenUpCountsForNothing() {
        run(LAST, HUNG);

        assertThat(verdict().reranFinal()).isEmpty();
        assertThat(verdict().wrong()).isEmpty();
    }

    @Test
    void keyThatRunsASecondTimeAlthoughItsNodeLivesIsWrong() {
        lines.add(new Run(LAST, OTHER_WORKER, runOf(LAST).nanos() + 1, "another", List.of()));

        assertThat(verdict().wrong()).containsExactly(LAST + " ran in 12 although it had run in 11");
        assertThat(verdict().reranFinal()).isEmpty();
    }

    @Test
    void keyMayRunASecondTimeOnceItsNodeIsGivenUp() {
        Run run = runOf(LAST);
        lines.add(new Run(LAST, OTHER_WORKER, run.nanos() - 2, "another", List.of()));
        faults.add(new Inflicted(Fault.KILL_WORKER, run.nanos() - 1, OTHER_WORKER));

        assertThat(verdict().wrong()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "CANCELLED"})
    void taskThatEndsAsNoTaskHereDoesIsWrong(StateType type) {
        end(LAST, type, "in another way");

        assertThat(verdict().wrong()).containsExactly(LAST + " ended in another way");
    }

    @Test
    void resultThatNoExecutionGaveIsWrong() {
        end(LAST, StateType.COMPLETED, "another");

        assertThat(verdict().wrong()).containsExactly(LAST + " has a result that no execution gave");
    }

    @Test
    void taskThatCompletesBeforeItsUpstreamIsWrong() {
        lines.removeIf(line -> line instanceof Seen && line.key().equals(BEFORE_LAST));

        assertThat(verdict().wrong())
                .containsExactly(LAST + " completed before its upstreams [2-7, 2-16, 2-17, " + BEFORE_LAST + "]");
    }

    @Test
    void taskThatWasGivenAnotherResultThanThatOfItsUpstreamIsWrong() {
        Run run = runOf(SECOND);
        lines.remove(run);
        lines.add(new Run(SECOND, WORKER, run.nanos(), run.token(), List.of("another")));

        assertThat(verdict().wrong())
                .containsExactly(SECOND + " was given other results than its upstreams ended with");
    }

    @Test
    void taskMayCrashThatRanOnThreeNodesThatDied() {
        crash(LAST, 3, DIED);

        Verdict verdict = verdict();

        assertThat(verdict.wrong()).isEmpty();
        assertThat(verdict.completed()).isEqualTo(59);
        assertThat(verdict.crashed()).isEqualTo(1);
        assertThat(verdict.kills()).isEqualTo(5);
    }

    @Test
    void taskThatCrashesThoughItRanOnTwoNodesThatDiedIsWrong() {
        crash(LAST, 2, DIED);

        assertThat(verdict().wrong()).containsExactly(LAST + " ended " + DIED + ", but ran on 2 nodes that died");
    }

    @Test
    void taskThatCrashesForAnotherReasonIsWrong() {
        crash(LAST, 3, "Crashed: another reason");

        assertThat(verdict().wrong())
                .containsExactly(LAST + " ended Crashed: another reason, but ran on 3 nodes that died");
    }

    @Test
    void taskMayBeNotReadyWhoseUpstreamCrashed() {
        crash(BEFORE_LAST, 3, DIED);
        lines.remove(runOf(LAST));
        end(LAST, StateType.NOT_READY, "NotReady");

        assertThat(verdict().wrong()).isEmpty();
        assertThat(verdict().crashed()).isEqualTo(2);
    }

    @Test
    void taskThatIsNotReadyThoughItsUpstreamsCompletedIsWrong() {
        lines.remove(runOf(LAST));
        end(LAST, StateType.NOT_READY, "NotReady");

        assertThat(verdict().wrong()).containsExactly(LAST + " ended NotReady");
    }

    @ParameterizedTest
    @EnumSource
    void runWithoutOneKindOfFaultIsWrong(Fault fault) {
        faults.removeIf(inflicted -> inflicted.fault() == fault);

        assertThat(verdict().wrong()).contains("no tasks were in flight at [" + fault + "]");
    }

    @ParameterizedTest
    @EnumSource
    void faultWhileNoTaskRunsIsWrong(Fault fault) {
        faults.replaceAll(inflicted -> inflicted.fault() == fault
                ? new Inflicted(fault, inflicted.nanos() + STEP / 2, inflicted.pid())
                : inflicted);

        assertThat(verdict().wrong()).containsExactly("no tasks were in flight at [" + fault + "]");
    }

    @Test
    void faultOfAWorkerWhoseTasksDoNotRunThenIsWrong() {
        faults.replaceAll(inflicted -> inflicted.fault() == Fault.RETIRE_WORKER
                ? new Inflicted(Fault.RETIRE_WORKER, inflicted.nanos(), WORKER)
                : inflicted);

        assertThat(verdict().wrong()).containsExactly("no tasks were in flight at [RETIRE_WORKER]");
    }

    @Test
    void runThatGotStuckIsWrong() {
        assertThat(new HistoryCheck(WORKLOAD, lines, faults)
                        .verdictOfStuck("here")
                        .wrong())
                .containsExactly("it got stuck: here");
    }

    private Verdict verdict() {
        return new HistoryCheck(WORKLOAD, lines, faults).verdict(List.of(GROUPS, GROUPS), SUBMITTERS);
    }

    private void runAndInflict(String key, long worker, Fault fault) {
        run(key, worker);
        faults.add(new Inflicted(fault, now + 1, worker));
    }

    /** Adds an execution in a worker, with the results that were seen of its upstreams. */
    private void run(String key, long worker) {
        now += STEP;
        List<String> results = WORKLOAD.upstreamKeys(WORKLOAD.job(key)).stream()
                .map(upstream -> lines.stream()
                        .filter(line -> line instanceof Seen && line.key().equals(upstream))
                        .map(line -> ((Seen) line).text())
                        .findFirst()
                        .orElseThrow())
                .toList();
        lines.add(new Run(key, worker, now, token(key, worker), results));
    }

    private static String token(String key, long worker) {
        return "result-of-" + key + "-in-" + worker;
    }

    /** Adds an end of a key, as seen by each submitter of its group. */
    private void see(String key, StateType type, String text) {
        now += STEP;
        int group = Integer.parseInt(key.substring(0, key.indexOf('-')));
        for (int number = 0; number < SUBMITTERS.size(); number++) {
            if (SubmitterMain.submits(number, group)) {
                lines.add(new Seen(key, SUBMITTERS.get(number), now, type, text));
            }
        }
    }

    /** Replaces the end of a key. */
    private void end(String key, StateType type, String text) {
        lines.removeIf(line -> line instanceof Seen && line.key().equals(key));
        see(key, type, text);
    }

    /** Replaces the execution of a key by executions on nodes that are killed meanwhile, and by a crash after them. */
    private void crash(String key, int deaths, String text) {
        lines.remove(runOf(key));
        LongStream.range(0, deaths).forEach(death -> {
            now += STEP;
            lines.add(new Run(key, 40 + death, now, "lost in " + death, List.of()));
            faults.add(new Inflicted(Fault.KILL_WORKER, now + 1, 40 + death));
        });
        end(key, StateType.CRASHED, text);
    }

    private Run runOf(String key) {
        return lines.stream()
                .filter(line -> line instanceof Run && line.key().equals(key))
                .map(Run.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
