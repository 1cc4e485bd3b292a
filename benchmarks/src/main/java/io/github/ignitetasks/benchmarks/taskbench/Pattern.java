package io.github.ignitetasks.benchmarks.taskbench;

import java.util.Random;
import java.util.stream.IntStream;

/** The dependence patterns of Task Bench: they tell on which points of the step before a point depends. */
public enum Pattern {
    /** No point depends on another. */
    TRIVIAL {
        @Override
        IntStream before(int width, int step, int point) {
            return IntStream.empty();
        }
    },

    /** A point depends on itself, so the graph is as many chains as it is wide. */
    NO_COMM {
        @Override
        IntStream before(int width, int step, int point) {
            return IntStream.of(point);
        }
    },

    /** A point depends on itself and on its two neighbours. */
    STENCIL_1D {
        @Override
        IntStream before(int width, int step, int point) {
            return IntStream.rangeClosed(point - 1, point + 1);
        }
    },

    /** A point depends on itself and on the points at the distance of the step's power of two. */
    FFT {
        @Override
        IntStream before(int width, int step, int point) {
            int levels = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(width - 1));
            int distance = 1 << ((step - 1) % levels);
            return IntStream.of(point - distance, point, point + distance);
        }
    },

    /** A point depends on the point of half its number. */
    TREE {
        @Override
        IntStream before(int width, int step, int point) {
            return IntStream.of(point / 2);
        }
    },

    /** A point depends on the five points around it. */
    NEAREST {
        @Override
        IntStream before(int width, int step, int point) {
            return IntStream.rangeClosed(point - RADIX / 2, point + RADIX / 2);
        }
    },

    /** A point depends on about half of the five points around it, which ones is random, and the same in each run. */
    RANDOM_NEAREST {
        @Override
        IntStream before(int width, int step, int point) {
            Random random = new Random(((long) step << Integer.SIZE) + point);
            return NEAREST.before(width, step, point).filter(any -> random.nextBoolean());
        }
    },

    /** A point depends on five points that are spread over the whole step, and move on with each step. */
    SPREAD {
        @Override
        IntStream before(int width, int step, int point) {
            return IntStream.range(0, RADIX)
                    .map(part -> (point + part * width / RADIX + (part > 0 ? step : 0)) % width);
        }
    },

    /** A point depends on all points. */
    ALL_TO_ALL {
        @Override
        IntStream before(int width, int step, int point) {
            return IntStream.range(0, width);
        }
    };

    private static final int RADIX = 5;

    /** Returns the upstream points of a point in any step but the first; points outside the width do not count. */
    abstract IntStream before(int width, int step, int point);

    /** Returns the points of the step before on which a point depends, in ascending order. */
    public int[] upstreams(int width, int step, int point) {
        return step == 0
                ? new int[0]
                : before(width, step, point)
                        .filter(each -> each >= 0 && each < width)
                        .sorted()
                        .distinct()
                        .toArray();
    }
}
