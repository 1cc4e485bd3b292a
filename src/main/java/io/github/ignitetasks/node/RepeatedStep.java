package io.github.ignitetasks.node;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A step that a node repeats while it serves. A failure does not stop the node. The step logs its first failure and its
 * recovery. Not safe for use by many threads.
 */
final class RepeatedStep {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedStep.class);

    private final String what;
    private final Action action;

    private boolean failing;

    /** Creates a step. The log uses the description as in "the node cannot ...". */
    RepeatedStep(String what, Action action) {
        this.what = what;
        this.action = action;
    }

    void run() {
        try {
            action.run();
            if (failing) {
                failing = false;
                LOG.info("the node can {} again", what);
            }
        } catch (IOException | RuntimeException e) {
            if (!failing) {
                failing = true;
                LOG.error("the node cannot {}; it goes on, and tries again: {}", what, e.toString());
                LOG.debug("the node cannot {}", what, e);
            }
        }
    }

    /** The action of a step. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }
}
