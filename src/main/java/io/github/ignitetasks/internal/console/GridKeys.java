package io.github.ignitetasks.internal.console;

import io.github.ignitetasks.KeyStatus;
import io.github.ignitetasks.State;
import io.github.ignitetasks.internal.base.PlainText;
import io.github.ignitetasks.internal.events.KeyActivity;
import io.github.ignitetasks.internal.events.ObservedKeys;
import io.github.ignitetasks.internal.worker.KeyReport;
import java.util.Optional;

/**
 * The keys of a grid. Each question goes to all servers.
 *
 * @param grid the grid
 */
record GridKeys(GridQueries grid) implements ObservedKeys {

    @Override
    public Optional<String> stackOf(String key) {
        return answer(key).running().flatMap(KeyReport::stack);
    }

    @Override
    public KeyStatus status(String key) {
        return answer(key).status();
    }

    @Override
    public Optional<KeyActivity> activity(String key) {
        return answer(key)
                .running()
                .map(report -> report.call()
                        .map(call -> KeyActivity.of(call, report.node()))
                        .orElse(KeyActivity.queuedOn(report.node())));
    }

    @Override
    public Optional<State<?>> state(String key) {
        return answer(key).ended();
    }

    private KeyAnswer answer(String key) {
        return KeyAnswer.of(PlainText.check("key", key), grid.key(key), grid::nodeName);
    }
}
