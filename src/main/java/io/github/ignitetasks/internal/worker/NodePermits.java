package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.internal.execution.Permits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The permits of the calls that run on a node: the resources that the node declares, and its permits of the limits that
 * hold for the whole grid. The node's slots guard it.
 */
final class NodePermits implements Permits {
    /** From how many limits on those without permits are forgotten. */
    private static final int MANY = 100;

    private final NodeResources resources;
    private final Function<String, GridLimit> newLimit;
    private final Map<String, Integer> inUse = new HashMap<>();
    private final Map<String, GridLimit> limits = new HashMap<>();

    /**
     * Makes the permits of a node.
     *
     * @param resources what the node declares
     * @param newLimit makes the node's part of a limit
     */
    NodePermits(NodeResources resources, Function<String, GridLimit> newLimit) {
        this.resources = resources;
        this.newLimit = newLimit;
    }

    @Override
    public boolean tryTake(Requirements needed) {
        for (Map.Entry<String, Integer> resource : needed.resources().entrySet()) {
            String name = resource.getKey();
            if (inUse.getOrDefault(name, 0) + (long) resource.getValue() > resources.amount(name)) {
                return false;
            }
        }
        List<Map.Entry<String, Integer>> taken = new ArrayList<>(needed.limits().size());
        for (Map.Entry<String, Integer> limit : needed.limits().entrySet()) {
            if (!limit(limit.getKey()).tryTake(limit.getValue())) {
                taken.forEach(each -> limit(each.getKey()).putBack(each.getValue()));
                return false;
            }
            taken.add(limit);
        }
        needed.resources().forEach((name, amount) -> inUse.merge(name, amount, Integer::sum));
        return true;
    }

    private GridLimit limit(String name) {
        if (limits.size() >= MANY && !limits.containsKey(name)) {
            limits.values().removeIf(GridLimit::isIdle); // names may be made of data, so that there is no end of them
        }
        return requireNonNull(limits.computeIfAbsent(name, newLimit));
    }

    @Override
    public void giveBack(Requirements taken) {
        taken.resources().forEach((name, amount) -> inUse.merge(name, -amount, Integer::sum));
        taken.limits().keySet().forEach(name -> limit(name).giveBack());
    }
}
