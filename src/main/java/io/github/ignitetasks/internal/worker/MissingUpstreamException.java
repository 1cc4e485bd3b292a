package io.github.ignitetasks.internal.worker;

import java.io.Serial;
import java.util.List;

/** Thrown when a call is read whose upstreams' records have expired, some time after these became final. */
final class MissingUpstreamException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<String> keys;

    MissingUpstreamException(List<String> keys) {
        super("the records of upstreams " + keys + " are gone");
        this.keys = List.copyOf(keys);
    }

    List<String> keys() {
        return keys;
    }
}
