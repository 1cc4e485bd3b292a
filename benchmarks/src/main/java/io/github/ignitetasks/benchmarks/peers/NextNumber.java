package io.github.ignitetasks.benchmarks.peers;

import java.io.Serial;
import org.apache.ignite.lang.IgniteCallable;

/**
 * The body of a small task for raw Ignite, as a named class. Ignite writes it much faster than a lambda, for which Java
 * serialization looks up methods by reflection.
 */
public final class NextNumber implements IgniteCallable<Integer> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int number;

    /** Creates a call that returns the number after this one. */
    public NextNumber(int number) {
        this.number = number;
    }

    @Override
    public Integer call() {
        return number + 1;
    }
}
