package io.github.ignitetasks.chaos;

/** What is done to a grid that runs tasks. */
enum Fault {
    /** A worker is killed. */
    KILL_WORKER,
    /** A worker is stopped for longer than the grid waits for it, and goes on after that. */
    HANG_WORKER,
    /** A worker ends in the graceful way. */
    RETIRE_WORKER,
    /** A worker joins. */
    JOIN_WORKER,
    /** A submitter is killed, and one starts that submits the same. */
    KILL_SUBMITTER
}
