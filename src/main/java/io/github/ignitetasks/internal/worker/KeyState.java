package io.github.ignitetasks.internal.worker;

import io.github.ignitetasks.StateType;

/** The state of a key on a grid: it runs, or it ended. */
public enum KeyState {
    /** It runs, or is about to. */
    RUNNING("Running"),
    /** It ended as {@link StateType#COMPLETED}. */
    COMPLETED(StateType.COMPLETED.toString()),
    /** It ended as {@link StateType#FAILED}. */
    FAILED(StateType.FAILED.toString()),
    /** It ended as {@link StateType#CRASHED}. */
    CRASHED(StateType.CRASHED.toString()),
    /** It ended as {@link StateType#CANCELLED}. */
    CANCELLED(StateType.CANCELLED.toString()),
    /** It ended as {@link StateType#NOT_READY}. */
    NOT_READY(StateType.NOT_READY.toString());

    private final String label;

    KeyState(String label) {
        this.label = label;
    }

    /** Returns the state of a key that ended in this way. */
    public static KeyState of(StateType end) {
        return valueOf(end.name());
    }

    /** Returns the name for display, such as {@code NotReady}. */
    @Override
    public String toString() {
        return label;
    }
}
