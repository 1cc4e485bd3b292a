package io.github.ignitetasks;

/** The ways in which a task can end. */
public enum StateType {
    /** The task returned a result. */
    COMPLETED("Completed"),
    /** The task's own code threw an exception, or ran longer than its timeout. */
    FAILED("Failed"),
    /**
     * The task failed for a reason outside its own code: the call or its result could not be carried, or its node died
     * too often.
     */
    CRASHED("Crashed"),
    /** The task was cancelled. */
    CANCELLED("Cancelled"),
    /** The task never ran, because an upstream did not complete. */
    NOT_READY("NotReady");

    private final String label;

    StateType(String label) {
        this.label = label;
    }

    /** Returns the name for display, such as {@code NotReady}. */
    @Override
    public String toString() {
        return label;
    }
}
