package io.github.ignitetasks.internal.protocol;

import java.io.Serial;

/** Thrown when a grid has too few servers to record anything; nothing was written. */
public final class NoQuorumException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    NoQuorumException(String lack) {
        super(lack);
    }
}
