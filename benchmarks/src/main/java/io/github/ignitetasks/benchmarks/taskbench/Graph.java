package io.github.ignitetasks.benchmarks.taskbench;

/**
 * A graph of busy tasks: as many tasks in each step as it is wide, each with upstreams in the step before.
 *
 * @param pattern tells the upstreams
 * @param width how many tasks a step has
 * @param steps how many steps there are
 * @param iterations how long a task keeps its core busy
 */
public record Graph(Pattern pattern, int width, int steps, int iterations) {

    /** Returns the number of tasks. */
    public int tasks() {
        return width * steps;
    }

    /** Returns the upstreams of a task in the step before its own. */
    int[] upstreams(int step, int point) {
        return pattern.upstreams(width, step, point);
    }

    /**
     * Runs a task, and returns its result.
     *
     * @param inputs the results of the upstreams
     * @throws IllegalStateException if an input is not that of its upstream
     */
    static long run(int step, int point, int iterations, int[] upstreams, long[] inputs) {
        for (int i = 0; i < upstreams.length; i++) {
            if (inputs[i] != result(step - 1, upstreams[i])) {
                throw new IllegalStateException("task " + point + " of step " + step + " got a wrong input");
            }
        }
        return result(step, point) + Spin.spin(point, iterations);
    }

    private static long result(int step, int point) {
        return ((long) step << Integer.SIZE) + point;
    }
}
