package io.github.ignitetasks.internal.context;

/** Tells the attempt that runs a call that the exception of the code, which is the cause, is not worth a retry. */
public final class NotRetriedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Takes the exception of the code. */
    public NotRetriedException(Throwable thrown) {
        super(null, thrown, false, false); // no text of the exception, which is code of the user
    }
}
