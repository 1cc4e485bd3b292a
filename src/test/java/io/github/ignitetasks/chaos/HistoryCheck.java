package io.github.ignitetasks.chaos;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.github.ignitetasks.StateType;
import io.github.ignitetasks.chaos.ChaosRun.Inflicted;
import io.github.ignitetasks.chaos.History.Run;
import io.github.ignitetasks.chaos.History.Seen;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Checks the promises against the history of a run. A worker counts as given up from the moment when it is killed or
 * stopped. Its tasks may run again after that, and its later executions count for nothing.
 */
final class HistoryCheck {
    private static final int DEATHS_TO_CRASH = 3;

    private final Workload workload;
    private final List<Inflicted> faults;
    private final Map<Long, Long> givenUp;
    private final Map<String, List<Run>> runs;
    private final Map<String, List<Seen>> seen;
    private final List<String> wrong = new ArrayList<>();

    HistoryCheck(Workload workload, List<History.Line> lines, List<Inflicted> faults) {
        this.workload = workload;
        this.faults = faults;
        givenUp = faults.stream()
                .filter(fault -> fault.fault() == Fault.KILL_WORKER || fault.fault() == Fault.HANG_WORKER)
                .collect(toMap(Inflicted::pid, Inflicted::nanos));
        runs = lines.stream().filter(Run.class::isInstance).map(Run.class::cast).collect(groupingBy(Run::key));
        seen = lines.stream()
                .filter(Seen.class::isInstance)
                .map(Seen.class::cast)
                .collect(groupingBy(Seen::key));
    }

    /** Returns the verdict on a run that got stuck. It cannot tell which keys were lost. */
    Verdict verdictOfStuck(String where) {
        wrong.add("it got stuck: " + where);
        return verdict(List.of(), List.of());
    }

    /**
     * Returns the verdict on a run with these submitters at the end, of which each had reached its number of groups.
     */
    Verdict verdict(List<Integer> groups, List<Long> submitters) {
        Set<String> submitted = new HashSet<>();
        List<String> lost = new ArrayList<>();
        for (int number = 0; number < submitters.size(); number++) {
            for (String key : keys(number, groups.get(number))) {
                submitted.add(key);
                if (!hasSeen(submitters.get(number), key)) {
                    lost.add(key + " at submitter " + submitters.get(number));
                }
            }
        }
        Set<String> ended = seen.keySet();
        submitted.addAll(ended); // adds keys that only a killed submitter had submitted
        ended.forEach(this::checkEnd);
        runs.keySet().forEach(this::checkRuns);
        checkFaults();
        int completed = (int)
                ended.stream().filter(key -> type(key) == StateType.COMPLETED).count();
        return new Verdict(
                submitted.size(),
                completed,
                ended.size() - completed,
                lost,
                ended.stream().filter(this::isDivergent).toList(),
                ended.stream().filter(this::ranAfterItsEnd).toList(),
                wrong,
                (int) faults.stream()
                        .filter(fault -> fault.fault().name().startsWith("KILL"))
                        .count());
    }

    private List<String> keys(int submitter, int groups) {
        return IntStream.range(0, groups)
                .filter(group -> SubmitterMain.submits(submitter, group))
                .boxed()
                .flatMap(group -> workload.group(group).stream().map(Workload.Job::key))
                .toList();
    }

    private boolean hasSeen(long pid, String key) {
        return seen(key).stream().anyMatch(each -> each.pid() == pid);
    }

    private List<Run> runs(String key) {
        return runs.getOrDefault(key, List.of());
    }

    private List<Seen> seen(String key) {
        return seen.getOrDefault(key, List.of());
    }

    private StateType type(String key) {
        return seen(key).get(0).type();
    }

    private String text(String key) {
        return seen(key).get(0).text();
    }

    private boolean isDivergent(String key) {
        return seen(key).stream()
                        .map(each -> each.type() + each.text())
                        .distinct()
                        .count()
                > 1;
    }

    private boolean ranAfterItsEnd(String key) {
        long first = seen(key).stream().mapToLong(Seen::nanos).min().orElseThrow();
        return runs(key).stream().anyMatch(run -> run.nanos() > first && !isLate(run));
    }

    /** Returns whether an execution started on a node that had been given up. */
    private boolean isLate(Run run) {
        return wasGivenUp(run.pid(), run.nanos());
    }

    private boolean wasGivenUp(long pid, long nanos) {
        return givenUp.getOrDefault(pid, Long.MAX_VALUE) < nanos;
    }

    private void checkEnd(String key) {
        switch (type(key)) {
            case COMPLETED -> checkResult(key);
            case CRASHED -> checkCrash(key);
            case NOT_READY -> checkNotReady(key);
            default -> wrong.add(key + " ended " + text(key));
        }
    }

    /** Checks that an execution gave the result, and that it had the final results of its upstreams. */
    private void checkResult(String key) {
        Optional<Run> run = runs(key).stream()
                .filter(each -> each.token().equals(text(key)))
                .findFirst();
        List<String> upstreams = workload.upstreamKeys(workload.job(key));
        if (run.isEmpty()) {
            wrong.add(key + " has a result that no execution gave");
        } else if (!upstreams.stream().allMatch(seen::containsKey)) {
            wrong.add(key + " completed before its upstreams " + upstreams);
        } else if (!run.get()
                .upstreams()
                .equals(upstreams.stream().map(this::text).toList())) {
            wrong.add(key + " was given other results than its upstreams ended with");
        }
    }

    private void checkCrash(String key) {
        long deaths = runs(key).stream()
                .map(Run::pid)
                .filter(givenUp::containsKey)
                .distinct()
                .count();
        if (!text(key).contains("nodes died while they had it") || deaths < DEATHS_TO_CRASH) {
            wrong.add(key + " ended " + text(key) + ", but ran on " + deaths + " nodes that died");
        }
    }

    private void checkNotReady(String key) {
        boolean excused = workload.upstreamKeys(workload.job(key)).stream()
                .anyMatch(upstream -> seen.containsKey(upstream) && type(upstream) != StateType.COMPLETED);
        if (!excused) {
            wrong.add(key + " ended " + text(key));
        }
    }

    /** Checks that a key ran a second time only after its first node was given up. */
    private void checkRuns(String key) {
        List<Run> all = runs(key);
        for (Run earlier : all) {
            for (Run later : all) {
                if (earlier.nanos() < later.nanos() && !wasGivenUp(earlier.pid(), later.nanos()) && !isLate(later)) {
                    wrong.add(key + " ran in " + later.pid() + " although it had run in " + earlier.pid());
                }
            }
        }
    }

    /**
     * Checks that each kind of fault happened at least once while a task ran. If a worker met the fault, that task must
     * have run there.
     */
    private void checkFaults() {
        EnumSet<Fault> missing = EnumSet.allOf(Fault.class);
        faults.stream().filter(this::metTasks).forEach(fault -> missing.remove(fault.fault()));
        if (!missing.isEmpty()) {
            wrong.add("no tasks were in flight at " + missing);
        }
    }

    private boolean metTasks(Inflicted inflicted) {
        boolean inWorker = runs.values().stream().flatMap(List::stream).anyMatch(run -> run.pid() == inflicted.pid());
        return runs.values().stream()
                .flatMap(List::stream)
                .filter(run -> !inWorker || run.pid() == inflicted.pid())
                .anyMatch(run -> run.nanos() < inflicted.nanos() && inflicted.nanos() < workload.endNanos(run));
    }
}
