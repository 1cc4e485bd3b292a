package io.github.ignitetasks.internal.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
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

    @ParameterizedTest
    @ValueSource(ints = {Lanes.MAX_LANES, 2_000})
    void lanesAreBounded(int overlapping) {
        Lanes lanes = new Lanes();
        int highest = 0;
        for (int i = 0; i < overlapping; i++) {
            highest = Math.max(highest, lanes.laneOf(0, 10));
        }
        assertThat(highest).isEqualTo(Lanes.MAX_LANES - 1);
    }
}
