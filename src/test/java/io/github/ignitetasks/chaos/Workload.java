package io.github.ignitetasks.chaos;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The tasks of a run, in groups. They follow from the seed alone. Most tasks take a few milliseconds, some up to 200,
 * and a few take seconds. A group has a chain, independent tasks, and tasks that need several others.
 *
 * @param seed the seed of the tasks
 */
record Workload(long seed) {
    static final int GROUP_SIZE = 20;

    private static final int CHAIN_END = 7;
    private static final int FIRST_FAN_IN = 16;
    private static final int LAST = GROUP_SIZE - 1;

    /**
     * A task.
     *
     * @param key the key of the task
     * @param upstreams the indexes of its upstreams in the group, all below its own index
     * @param millis the duration of the task in milliseconds
     */
    record Job(String key, List<Integer> upstreams, int millis) implements Serializable {}

    /** Returns the tasks of a group. Each task comes after its upstreams. */
    List<Job> group(int number) {
        SplittableRandom random = new SplittableRandom(seed * 31 + number);
        List<Job> jobs = new ArrayList<>();
        for (int place = 0; place < GROUP_SIZE; place++) {
            jobs.add(new Job(key(number, place), upstreams(place, random), millis(random)));
        }
        return jobs;
    }

    private static List<Integer> upstreams(int place, SplittableRandom random) {
        if (place == LAST) {
            return List.of(CHAIN_END, LAST - 3, LAST - 2, LAST - 1);
        }
        if (place >= FIRST_FAN_IN) {
            return IntStream.generate(() -> random.nextInt(FIRST_FAN_IN))
                    .distinct()
                    .limit(3)
                    .boxed()
                    .toList();
        }
        return place > 0 && place <= CHAIN_END ? List.of(place - 1) : List.of();
    }

    private static int millis(SplittableRandom random) {
        double kind = random.nextDouble();
        if (kind < 0.003) {
            return random.nextInt(1_000, 3_000);
        }
        return kind < 0.08 ? random.nextInt(20, 200) : random.nextInt(0, 6);
    }

    private static String key(int group, int place) {
        return group + "-" + place;
    }

    /** Returns the task of a key. */
    Job job(String key) {
        int dash = key.indexOf('-');
        return group(Integer.parseInt(key.substring(0, dash))).get(Integer.parseInt(key.substring(dash + 1)));
    }

    /** Returns the nano time at which an undisturbed execution ends. */
    long endNanos(History.Run run) {
        return run.nanos() + job(run.key()).millis() * 1_000_000L;
    }

    /** Returns the keys of a task's upstreams, in order. */
    List<String> upstreamKeys(Job job) {
        String group = job.key().substring(0, job.key().indexOf('-') + 1);
        return job.upstreams().stream().map(place -> group + place).toList();
    }
}
