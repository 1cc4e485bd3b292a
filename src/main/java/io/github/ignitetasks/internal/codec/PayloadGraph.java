package io.github.ignitetasks.internal.codec;

import java.util.Arrays;

/**
 * The objects of a payload that refer to others, by numbers from 0, and to which. Objects that refer to nothing, such as
 * texts and numbers, are only counted. To be used by one thread.
 */
final class PayloadGraph {
    /** The number of each object that refers to nothing. */
    static final int LEAF = -1;

    private static final int NONE = -1;

    private int[] firstEdges = new int[16];
    private int[] leaves = new int[16];
    private int[] timesHashed = new int[16];
    private boolean[] hashesContent = new boolean[16];
    private boolean[] isOfJdk = new boolean[16];
    private int size;

    private int[] targets = new int[32];
    private int[] nextEdges = new int[32];
    private int edges;

    private long leavesHashed;
    private int compositesHashed;

    /**
     * Adds an object.
     *
     * @param content whether its hash may be made of the hashes of what it refers to
     * @param ofJdk whether that is up to the JDK, not to code of users
     */
    int add(boolean content, boolean ofJdk) {
        if (size == firstEdges.length) {
            int more = size * 2;
            firstEdges = Arrays.copyOf(firstEdges, more);
            leaves = Arrays.copyOf(leaves, more);
            timesHashed = Arrays.copyOf(timesHashed, more);
            hashesContent = Arrays.copyOf(hashesContent, more);
            isOfJdk = Arrays.copyOf(isOfJdk, more);
        }
        firstEdges[size] = NONE;
        hashesContent[size] = content;
        isOfJdk[size] = ofJdk;
        return size++;
    }

    /** Adds an array of numbers, which is hashed in steps of eight bytes. */
    int addNumbers(int bytes) {
        int array = add(true, true);
        leaves[array] = bytes / Long.BYTES;
        return array;
    }

    /** Adds that an object refers to another. */
    void addReference(int from, int to) {
        if (!hashesContent[from]) {
            return; // nobody follows it
        }
        if (to == LEAF) {
            leaves[from]++;
            return;
        }
        if (edges == targets.length) {
            targets = Arrays.copyOf(targets, edges * 2);
            nextEdges = Arrays.copyOf(nextEdges, edges * 2);
        }
        targets[edges] = to;
        nextEdges[edges] = firstEdges[from];
        firstEdges[from] = edges++;
    }

    /** Adds that an object is hashed once more while the payload is read. */
    void addHashed(int object) {
        if (object == LEAF) {
            leavesHashed++;
        } else if (timesHashed[object]++ == 0) {
            compositesHashed++;
        }
    }

    /** Returns how many objects are hashed while the payload is read, each as often as it is. */
    long hashingSteps() {
        if (compositesHashed == 0) {
            return leavesHashed;
        }
        long[] costs = new Costs().all();
        long steps = leavesHashed;
        for (int object = 0; object < size; object++) {
            steps = sum(steps, product(timesHashed[object], costs[object]));
        }
        return steps;
    }

    private static long sum(long one, long other) {
        long sum = one + other;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    private static long product(int times, long cost) {
        return times > 0 && cost > Long.MAX_VALUE / times ? Long.MAX_VALUE : times * cost;
    }

    /**
     * Finds what it costs to hash each object: one step, and those of all that it refers to.
     *
     * <p>Objects that refer to each other in a circle cannot hash all that they refer to, as that would never end. Classes
     * of users have hashes for that, such as an id, so a reference within a circle counts one step. In a circle of the
     * JDK's own collections it counts without limit, as nobody has data of that kind. Circles are found as strongly
     * connected components, with a stack of its own, as payloads may be nested deeper than the thread's stack bears.
     *
     * @see <a href="https://doi.org/10.1137/0201010">Tarjan, Depth-First Search and Linear Graph Algorithms</a>
     */
    private final class Costs {
        private final long[] costs = new long[size];
        private final int[] order = new int[size]; // from 1, in which they were met; 0: not yet
        private final int[] lowest = new int[size];
        private final boolean[] open = new boolean[size]; // met, and not in a component yet
        private final int[] path = new int[size];
        private final int[] pathEdges = new int[size];
        private final int[] component = new int[size];
        private int pathLength;
        private int componentLength;
        private int met;

        long[] all() {
            for (int object = 0; object < size; object++) {
                if (timesHashed[object] > 0 && order[object] == 0) {
                    visit(object);
                }
            }
            return costs;
        }

        private void visit(int root) {
            enter(root);
            while (pathLength > 0) {
                int object = path[pathLength - 1];
                int edge = pathEdges[pathLength - 1];
                if (edge == NONE) {
                    leave(object);
                    continue;
                }
                pathEdges[pathLength - 1] = nextEdges[edge];
                int target = targets[edge];
                if (order[target] == 0) {
                    enter(target);
                } else if (open[target]) {
                    lowest[object] = Math.min(lowest[object], order[target]);
                }
            }
        }

        private void enter(int object) {
            order[object] = ++met;
            lowest[object] = met;
            open[object] = true;
            component[componentLength++] = object;
            path[pathLength] = object;
            pathEdges[pathLength++] = firstEdges[object];
        }

        private void leave(int object) {
            pathLength--;
            if (pathLength > 0) {
                int parent = path[pathLength - 1];
                lowest[parent] = Math.min(lowest[parent], lowest[object]);
            }
            if (lowest[object] == order[object]) {
                close(object);
            }
        }

        /** Costs a component, of which all that it refers to is costed. */
        private void close(int first) {
            int start = componentLength;
            do {
                start--;
            } while (component[start] != first);
            boolean hasUsers = false;
            for (int i = start; i < componentLength; i++) {
                hasUsers |= !isOfJdk[component[i]];
            }
            for (int i = start; i < componentLength; i++) {
                costs[component[i]] = cost(component[i], hasUsers ? 1 : Long.MAX_VALUE);
            }
            for (int i = start; i < componentLength; i++) {
                open[component[i]] = false;
            }
            componentLength = start;
        }

        private long cost(int object, long withinCircle) {
            long cost = 1L + leaves[object];
            for (int edge = firstEdges[object]; edge != NONE; edge = nextEdges[edge]) {
                cost = sum(cost, open[targets[edge]] ? withinCircle : costs[targets[edge]]);
            }
            return cost;
        }
    }
}
