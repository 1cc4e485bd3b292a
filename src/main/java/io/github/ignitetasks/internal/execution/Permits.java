package io.github.ignitetasks.internal.execution;

import io.github.ignitetasks.Requirements;
import java.util.HashMap;
import java.util.Map;

/**
 * The permits that work holds while it runs. {@link Slots} call these methods under their lock, so implementations
 * decide at once and call nothing of the slots.
 */
public interface Permits {

    /** Takes all permits that the requirements need; takes none and returns false if one of them is not there. */
    boolean tryTake(Requirements needed);

    /** Gives the permits of ended work back. */
    void giveBack(Requirements taken);

    /** Returns permits of this JVM alone, for any number of limits. There are no resources. */
    static Permits ofThisJvm() {
        return new Permits() {
            private final Map<String, Integer> taken = new HashMap<>();

            @Override
            public boolean tryTake(Requirements needed) {
                for (Map.Entry<String, Integer> limit : needed.limits().entrySet()) {
                    if (taken.getOrDefault(limit.getKey(), 0) >= limit.getValue()) {
                        return false;
                    }
                }
                needed.limits().keySet().forEach(name -> taken.merge(name, 1, Integer::sum));
                return true;
            }

            @Override
            public void giveBack(Requirements given) {
                given.limits()
                        .keySet()
                        .forEach(name -> taken.merge(name, -1, (count, one) -> count == 1 ? null : count - 1));
            }
        };
    }
}
