package io.github.ignitetasks;

/** What a session and its grid know of a key, told without waiting for the key and without running anything. */
public enum KeyStatus {
    /** Nothing: the key was not submitted, what was submitted has not reached a node, or its record has expired. */
    UNKNOWN,
    /** It is under way: it runs, is about to, or ran on a node that has died, after which it may run again. */
    RUNNING,
    /** It is final, with a result. */
    COMPLETED,
    /** It is final, without a result. */
    NOT_COMPLETED;

    /** Returns what is known of a key whose state is final. */
    public static KeyStatus of(StateType end) {
        return end == StateType.COMPLETED ? COMPLETED : NOT_COMPLETED;
    }
}
