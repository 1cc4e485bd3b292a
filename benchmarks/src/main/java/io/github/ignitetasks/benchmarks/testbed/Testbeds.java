package io.github.ignitetasks.benchmarks.testbed;

import org.jspecify.annotations.Nullable;

/**
 * Starts what rows are measured on, one at a time. Rows that want the same, one after another, share it. Confined to one
 * thread.
 */
public final class Testbeds implements AutoCloseable {
    private @Nullable Testbed current;
    private @Nullable Kind kind;

    private sealed interface Kind {
        record Embedded() implements Kind {}

        record Processes(int nodes, int slotsPerNode) implements Kind {}
    }

    /** Returns a node in this JVM. */
    public EmbeddedNode embedded() {
        return use(EmbeddedNode.class, new Kind.Embedded());
    }

    /** Returns the grid of most rows: two server processes. */
    public Grid grid() {
        return grid(2, 1);
    }

    /** Returns a grid of server processes. */
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

    /** Ends what runs; the next row gets its own. */
    @Override
    public void close() {
        if (current != null) {
            current.close();
            current = null;
        }
    }
}
