package io.github.ignitetasks.internal.worker;

import static java.util.Objects.requireNonNull;

import io.github.ignitetasks.Requirements;
import io.github.ignitetasks.internal.execution.Permits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The permits of the calls that run on a node: the resources that the node declares, and its permits of the limits that
 * hold for the whole grid. The node's slots guard it.
 */
final class NodePermits implements Permits {
    private final NodeResources resources;
    private final Function<String, GridLimit> newLimit;
    private final Map<String, Integer> inUse = new HashMap<>();
    private final ConcurrentMap<String, GridLimit> limits = new ConcurrentHashMap<>();

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
            if (inUse.getOrDefault(name, 0) + resource.getValue() > resources.amount(name)) {
                return false;
            }
        }
        List<GridLimit> taken = new ArrayList<>(needed.limits().size());
        for (Map.Entry<String, Integer> limit : needed.limits().entrySet()) {
            GridLimit permits = requireNonNull(limits.computeIfAbsent(limit.getKey(), newLimit));
            if (!permits.tryTake(limit.getValue())) {
                taken.forEach(GridLimit::giveBack);
                return false;
            }
            taken.add(permits);
        }
        needed.resources().forEach((name, amount) -> inUse.merge(name, amount, Integer::sum));
        return true;
    }

    @Override
    public void giveBack(Requirements taken) {
        taken.resources().forEach((name, amount) -> inUse.merge(name, -amount, Integer::sum));
        taken.limits().keySet().forEach(name -> requireNonNull(limits.get(name)).giveBack());
    }
}
