package io.github.ignitetasks.internal.console;

/** The exit codes of the commands. The help lists them. */
final class ExitCodes {
    /** Every server answered; for a key: it is Completed. */
    static final int OK = 0;

    /** The key ended without a result. */
    static final int NOT_COMPLETED = 1;

    /** The key has no final state yet. */
    static final int RUNNING = 3;

    /** The grid cannot be reached, or no server of it answered. */
    static final int UNREACHABLE = 4;

    /** Some servers did not answer, so what is shown has gaps. */
    static final int INCOMPLETE = 5;

    /** The grid does not know the key. */
    static final int UNKNOWN = 6;

    /** The command itself failed, as by a fault of this library. */
    static final int BROKEN = 70;

    private ExitCodes() {}

    /** Returns the exit code for the servers that answered, and those that did not. */
    static int of(int answered, int silent) {
        if (silent == 0) {
            return OK;
        }
        return answered == 0 ? UNREACHABLE : INCOMPLETE;
    }
}
