package io.github.ignitetasks.chaos;

/** The kinds of fault of a grid that runs tasks. */
enum Fault {
    /** A worker is killed. */
    KILL_WORKER,
    /** A worker stops until the grid has given it up, and then goes on. */
    HANG_WORKER,
    /** A worker leaves gracefully. */
    RETIRE_WORKER,
    /** A worker joins. */
    JOIN_WORKER,
    /** A submitter is killed, and a new one submits the same tasks. */
    KILL_SUBMITTER
}
