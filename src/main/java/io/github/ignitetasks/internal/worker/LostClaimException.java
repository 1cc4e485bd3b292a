package io.github.ignitetasks.internal.worker;

import java.io.Serial;

/** Thrown when a call cannot run on this node, because another node has taken its key over. */
final class LostClaimException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    LostClaimException(String key) {
        super("another node has taken key '" + key + "' over");
    }
}
