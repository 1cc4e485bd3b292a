package io.github.ignitetasks.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ignitetasks.StateType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the lanes of a node. */
final class LanesTest {
    private record Run(long start, long end) {}

    /** Returns what some slots run, each one task after the other, by the ends of the tasks. */
    private static List<Run> runs(int slots, long seed) {
        Random random = new Random(seed);
        List<Run> runs = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            long time = random.nextInt(50);
            for (int i = 0; i < 500; i++) {
                long start = time + random.nextInt(3);
                time = start + 1 + random.nextInt(random.nextInt(10) == 0 ? 500 : 20);
                runs.add(new Run(start, time));
            }
        }
        runs.sort(Comparator.comparingLong(Run::end));
        return runs;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 64})
    void thereAreNoMoreLanesThanSlotsAndNoTwoTasksOfALaneOverlap(int slots) {
        for (long seed = 0; seed < 20; seed++) {
            Lanes lanes = new Lanes();
            long[] ends = new long[Lanes.MAX_LANES];
            for (Run run : runs(slots, seed)) {
                int lane = lanes.laneOf(run.start, run.end);
                assertThat(lane).isLessThan(slots);
                assertThat(run.start).isGreaterThanOrEqualTo(ends[lane]);
                ends[lane] = run.end;
            }
        }
    }

    @Test
    void thousandTasksAtATimeHaveLanesOfTheirOwn() {
        Lanes lanes = new Lanes();
        Set<Integer> used = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            used.add(lanes.laneOf(0, 10 + i));
        }

        assertThat(used).hasSize(1_000);
    }

    @Test
    void tasksThatAreHeardOfLateAreSortedIn() {
        EndOrder order = new EndOrder();
        for (long end : new long[] {5, 9, 3, 12}) {
            order.add(new TaskRun("k", 0, "n1", 0, end, 1, StateType.COMPLETED, 1));
        }
        List<Long> ends = new ArrayList<>();

        order.removeUntil(9, run -> ends.add(run.end()));

        assertThat(ends).containsExactly(3L, 5L, 9L);
    }

    @Test
    void numberOfTasksThatAreHeldBackIsBounded() {
        EndOrder order = new EndOrder();
        for (int i = 0; i < EndOrder.MAX_TASKS + 10; i++) {
            order.add(new TaskRun("k", 0, "n1", 0, i, 1, StateType.COMPLETED, 1));
        }
        List<Long> ends = new ArrayList<>();

        order.removeUntil(-1, run -> ends.add(run.end()));

        assertThat(ends).hasSize(10).startsWith(0L).endsWith(9L);
    }

    @ParameterizedTest
    @ValueSource(ints = {Lanes.MAX_LANES, Lanes.MAX_LANES + 1_000})
    void lanesAreBounded(int overlapping) {
        Lanes lanes = new Lanes();
        int highest = 0;
        for (int i = 0; i < overlapping; i++) {
            highest = Math.max(highest, lanes.laneOf(0, 10));
        }
        assertThat(highest).isEqualTo(Lanes.MAX_LANES - 1);
    }
}
