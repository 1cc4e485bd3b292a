package io.github.ignitetasks.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/** Which fault comes next, when, and whom it meets; follows from a seed. Each kind comes once before one comes again. */
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

    /** Returns the next fault for a grid of so many workers. */
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

    /** Returns whether each kind was there. */
    boolean isComplete() {
        return missing.isEmpty();
    }

    /** Returns how long after the grid is whole again the next fault comes. */
    int pauseMillis() {
        return random.nextInt(MAX_PAUSE_MILLIS);
    }

    /** Returns which of so many a fault meets. */
    int victim(int number) {
        return random.nextInt(number);
    }
}
