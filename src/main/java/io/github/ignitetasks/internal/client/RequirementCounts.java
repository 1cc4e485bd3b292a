package io.github.ignitetasks.internal.client;

import io.github.ignitetasks.Requirements;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources and the permits that the calls of a session at one node need, together. Its owner guards it. */
final class RequirementCounts {
    private final Map<String, Long> resources = new HashMap<>();
    private final Map<String, Integer> limits = new HashMap<>();

    /** Adds what a call needs that is sent to the node. */
    void add(Requirements needed) {
        needed.resources().forEach((name, amount) -> resources.merge(name, (long) amount, Long::sum));
        needed.limits().keySet().forEach(name -> limits.merge(name, 1, Integer::sum));
    }

    /** Removes what a call needs that the node does not have any more. */
    void remove(Requirements needed) {
        needed.resources().forEach((name, amount) -> resources.merge(name, -(long) amount, RequirementCounts::longSum));
        needed.limits().keySet().forEach(name -> limits.merge(name, -1, RequirementCounts::sum));
    }

    private static @Nullable Integer sum(int count, int more) {
        return count + more == 0 ? null : count + more;
    }

    private static @Nullable Long longSum(long amount, long more) {
        return amount + more == 0 ? null : Long.valueOf(amount + more);
    }

    /** Returns how much of a resource the calls need. */
    long resource(String name) {
        return resources.getOrDefault(name, 0L);
    }

    /** Returns how many calls need a permit of a limit. */
    int limit(String name) {
        return limits.getOrDefault(name, 0);
    }
}
