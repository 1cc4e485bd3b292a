package io.github.ignitetasks.benchmarks.testbed;

import org.jspecify.annotations.Nullable;

/**
 * Starts the testbeds of rows, one at a time. Consecutive rows that need the same testbed share it. Not thread-safe.
 */
public final class Testbeds implements AutoCloseable {
    private @Nullable Testbed current;
    private @Nullable Kind kind;

    private sealed interface Kind {
        record Embedded() implements Kind {}

        record Processes(int nodes, int slotsPerNode) implements Kind {}
    }

    /** Returns a testbed with a node in this JVM. */
    public EmbeddedNode embedded() {
        return use(EmbeddedNode.class, new Kind.Embedded());
    }

    /** Returns the grid of most rows: two server processes. */
    public Grid grid() {
        return grid(2, 1);
    }

    /** Returns a grid of two server processes with a slot for each core of this machine. */
    public Grid gridOfAllCores() {
        return grid(2, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
    }

    /** Returns a grid with a number of server processes. */
    public Grid grid(int nodes, int slotsPerNode) {
        return use(Grid.class, new Kind.Processes(nodes, slotsPerNode));
    }

    private <T extends Testbed> T use(Class<T> type, Kind wanted) {
        if (current == null || !wanted.equals(kind)) {
            close();
            current = start(wanted);
            kind = wanted;
        }
        return type.cast(current);
    }

    private static Testbed start(Kind wanted) {
        if (wanted instanceof Kind.Processes processes) {
            return Grid.start(processes.nodes(), processes.slotsPerNode());
        }
        return EmbeddedNode.start();
    }

    /** Closes the current testbed. The next row gets its own. */
    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
