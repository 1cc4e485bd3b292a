package io.github.ignitetasks;

/**
 * The status of a key, as its session and its grid know it. A status query neither waits for the key nor runs anything.
 */
public enum KeyStatus {
    /** The key is unknown. It was not submitted, or its call has not reached a node yet, or its record has expired. */
    UNKNOWN,
    /** The key has no final state yet. Its call waits or runs, or its node has died and it may run again. */
    RUNNING,
    /** The key has a final state with a result. */
    COMPLETED,
    /** The key has a final state without a result. */
    NOT_COMPLETED;

    /** Returns the status of a key with a final state. */
    public static KeyStatus of(StateType end) {
        return end == StateType.COMPLETED ? COMPLETED : NOT_COMPLETED;
    }
}
