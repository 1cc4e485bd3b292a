package io.github.ignitetasks.internal.execution;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs actions that users attach to futures. */
public final class UserAction {
    private static final Logger LOG = LoggerFactory.getLogger(UserAction.class);

    private UserAction() {}

    /** Runs an action on this thread, and logs what it throws. */
    public static void runLogged(String key, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error e) {
            LOG.warn("an action attached to future '{}' threw", key, e);
        }
    }
}
