package io.github.ignitetasks.support;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.events.ObservedKeys;
import java.util.Optional;

/** The keys of a session that knows none. */
public interface NoKeys extends ObservedKeys {
    @Override
    default Optional<String> stackOf(String key) {
        return Optional.empty();
    }

    @Override
    default KeyStatus status(String key) {
        return KeyStatus.UNKNOWN;
    }

    @Override
    default Optional<State<?>> state(String key) {
        return Optional.empty();
    }
}
