package io.github.ignitetasks.node;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something that a node does again and again while it serves, and that may fail without ending it. The log tells of the
 * first failure, and when it works again. Used by one thread at a time.
 */
final class RepeatedStep {
    private static final Logger LOG = LoggerFactory.getLogger(RepeatedStep.class);

    private final String what;
    private final Action action;

    private boolean failing;

    /** Makes a step; the log says that the node cannot do this. */
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

    /** What is done. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }
}
