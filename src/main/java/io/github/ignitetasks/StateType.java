package io.github.ignitetasks;

/** The ways in which a task ends. */
public enum StateType {
    /** It returned a result. */
    COMPLETED("Completed"),
    /** Its own code threw, or took longer than its timeout. */
    FAILED("Failed"),
    /** What runs tasks went wrong: the call or its result could not be carried, or its node died too often. */
    CRASHED("Crashed"),
    /** It was cancelled. */
    CANCELLED("Cancelled"),
    /** It never ran, because an upstream did not complete. */
    NOT_READY("NotReady");

    private final String label;

    StateType(String label) {
        this.label = label;
    }

    /** Returns the type as texts show it, such as {@code NotReady}. */
    @Override
    public String toString() {
        return label;
    }
}
