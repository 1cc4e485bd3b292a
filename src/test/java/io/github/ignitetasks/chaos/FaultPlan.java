package io.github.ignitetasks.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/**
 * A sequence of faults, pauses and victims that follows from a seed. Each round has one fault of each kind. A worker
 * joins instead if the grid has too few workers, or retires if it has too many.
 */
final class FaultPlan {
    static final int FEWEST_WORKERS = 2;
    static final int MOST_WORKERS = 4;

    private static final int MAX_PAUSE_MILLIS = 400;

    private final Random random;
    private final Queue<Fault> round = new ArrayDeque<>();
    private final EnumSet<Fault> missing = EnumSet.allOf(Fault.class);

    FaultPlan(long seed) {
        random = new Random(seed);
    }

    /** Returns the next fault for a grid with this number of workers. */
    Fault next(int workers) {
        Fault fault = workers == FEWEST_WORKERS ? Fault.JOIN_WORKER : nextOfRound();
        if (fault == Fault.JOIN_WORKER && workers == MOST_WORKERS) {
            fault = Fault.RETIRE_WORKER;
        }
        missing.remove(fault);
        return fault;
    }

    private Fault nextOfRound() {
        if (round.isEmpty()) {
            List<Fault> kinds = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(kinds, random);
            round.addAll(kinds);
        }
        return round.remove();
    }

    /** Returns whether the plan has returned each kind of fault. */
    boolean isComplete() {
        return missing.isEmpty();
    }

    /** Returns the pause in milliseconds between the repair of the grid and the next fault. */
    int pauseMillis() {
        return random.nextInt(MAX_PAUSE_MILLIS);
    }

    /** Returns the index, below {@code number}, of the process that a fault meets. */
    int victim(int number) {
        return random.nextInt(number);
    }
}
