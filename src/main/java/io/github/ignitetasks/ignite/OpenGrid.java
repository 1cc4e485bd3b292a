package io.github.ignitetasks.ignite;

import org.apache.ignite.Ignite;

/**
 * A grid that a session uses.
 *
 * @param ignite this JVM's node of it
 * @param description what it is, for the log
 * @param temporary whether it ends with the session
 * @param closer closes what was opened to use it
 */
record OpenGrid(Ignite ignite, String description, boolean temporary, Runnable closer) {

    void close() {
        closer.run();
    }
}
